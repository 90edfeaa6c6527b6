package dev.likeness.app.web.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/** Reads forms with files, of known callers alone, and not in order to say that something has failed. */
final class FormReading extends StandardServletMultipartResolver {

    @Override
    public boolean isMultipart(HttpServletRequest request) {
        return BodyValve.isKnown(request)
                && request.getDispatcherType() == DispatcherType.REQUEST
                && super.isMultipart(request);
    }
}
