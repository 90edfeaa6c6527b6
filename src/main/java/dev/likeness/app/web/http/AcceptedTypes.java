package dev.likeness.app.web.http;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The media types that a client accepts. An Accept header with only the type of problems is ignored for other answers.
 * Generated Python clients send it when JSON problems are an operation's only JSON, such as for the download of an
 * image.
 */
@Configuration(proxyBeanMethods = false)
class AcceptedTypes implements WebMvcConfigurer {

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();
        configurer.strategies(List.of(request -> {
            List<MediaType> types = header.resolveMediaTypes(request);
            boolean problemsAlone = types.stream().allMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype);
            return problemsAlone ? ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST : types;
        }));
    }
}
