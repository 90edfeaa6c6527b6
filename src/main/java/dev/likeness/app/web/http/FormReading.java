package dev.likeness.app.web.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/** Reads forms with files only for known callers, and not while an error is reported. */
final class FormReading extends StandardServletMultipartResolver {

    @Override
    public boolean isMultipart(HttpServletRequest request) {
        return BodyValve.isKnown(request)
                && request.getDispatcherType() == DispatcherType.REQUEST
                && super.isMultipart(request);
    }
}
