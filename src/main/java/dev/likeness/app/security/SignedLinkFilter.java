package dev.likeness.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Permits calls with a valid signed link. */
class SignedLinkFilter extends OncePerRequestFilter {

    private final SignedLinks links;
    private final RequestMatcher signable;
    private final AuthenticationEntryPoint refusal;

    SignedLinkFilter(SignedLinks links, RequestMatcher signable, AuthenticationEntryPoint refusal) {
        this.links = links;
        this.signable = signable;
        this.refusal = refusal;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !signable.matches(request) || !SignedLinks.isSigned(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            links.verify(request);
        } catch (InvalidLinkException e) {
            refusal.commence(request, response, e);
            return;
        }
        SecurityContextHolder.getContext().setAuthentication(new LinkHolder());
        chain.doFilter(request, response);
    }
}
