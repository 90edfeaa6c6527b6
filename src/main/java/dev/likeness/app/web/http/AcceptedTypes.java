package dev.likeness.app.web.http;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a caller takes. One that names the type of problems alone has said nothing of what else there is: generated Python
 * clients do so wherever it is the only JSON that a call has, such as where an image is downloaded.
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
