package dev.likeness.app.web.http;

import dev.likeness.app.security.SignedLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Provides every request with the signer for the links in its answer. */
@Configuration(proxyBeanMethods = false)
class LinkSigning implements WebMvcConfigurer, HandlerInterceptor {

    private final SignedLinks signer;

    LinkSigning(SignedLinks signer) {
        this.signer = signer;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.setAttribute(Links.SIGNER, signer);
        return true;
    }
}
