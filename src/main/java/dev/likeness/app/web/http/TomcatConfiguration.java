package dev.likeness.app.web.http;

import dev.likeness.app.adapter.AdapterSettings;
import dev.likeness.app.classimage.ClassSetSettings;
import dev.likeness.app.upload.UploadSettings;
import jakarta.servlet.MultipartConfigElement;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class TomcatConfiguration {

    /** Maximum bytes of a chunked body's extensions, and of its trailers: clients need none. */
    private static final int CHUNK_FRAMES = 64;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        TomcatContextCustomizer valve = context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        };
        return factory -> factory.addContextCustomizers(valve);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> paceOfBodies(BodySettings settings) {
        return factory -> {
            factory.addEngineValves(new BodyValve(settings));
            // A client that asks before it sends a body receives the refusal instead.
            factory.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
            // Within one read of a chunked body, each of these bytes may be delayed up to the connection's timeout.
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("maxExtensionSize", Integer.toString(CHUNK_FRAMES));
                connector.setProperty("maxTrailerSize", Integer.toString(CHUNK_FRAMES));
            });
        };
    }

    /** Uploads end above the limits of {@code likeness.upload}, so that the limits that name the file apply first. */
    @Bean
    MultipartConfigElement multipartLimits(MultipartProperties properties, UploadSettings limits) {
        MultipartConfigElement given = properties.createMultipartConfig();
        return new MultipartConfigElement(
                given.getLocation(),
                // One file can be an archive of all pictures.
                above(limits.maxTotalSize()),
                above(limits.maxTotalSize()),
                given.getFileSizeThreshold());
    }

    @Bean(DispatcherServlet.MULTIPART_RESOLVER_BEAN_NAME)
    MultipartResolver formReading(MultipartProperties properties) {
        FormReading forms = new FormReading();
        forms.setResolveLazily(properties.isResolveLazily());
        return forms;
    }

    /** Adapters are larger than pictures, so their uploads have a separate servlet with its own limit. */
    @Bean
    ServletRegistrationBean<DispatcherServlet> adapterUploads(
            WebApplicationContext context, MultipartProperties properties, AdapterSettings limits) {
        MultipartConfigElement given = properties.createMultipartConfig();
        ServletRegistrationBean<DispatcherServlet> servlet =
                new ServletRegistrationBean<>(new DispatcherServlet(context), Paths.ADAPTERS);
        servlet.setName("adapterUploads");
        servlet.setMultipartConfig(new MultipartConfigElement(
                given.getLocation(),
                above(limits.maxFileSize()),
                above(limits.maxFileSize()),
                given.getFileSizeThreshold()));
        return servlet;
    }

    /** So have class sets, which have many files. */
    @Bean
    ServletRegistrationBean<DispatcherServlet> classSetUploads(
            WebApplicationContext context, MultipartProperties properties, ClassSetSettings limits) {
        MultipartConfigElement given = properties.createMultipartConfig();
        ServletRegistrationBean<DispatcherServlet> servlet =
                new ServletRegistrationBean<>(new DispatcherServlet(context), Paths.CLASS_SETS);
        servlet.setName("classSetUploads");
        servlet.setMultipartConfig(new MultipartConfigElement(
                given.getLocation(),
                above(limits.maxTotalSize()),
                above(limits.maxTotalSize()),
                given.getFileSizeThreshold()));
        return servlet;
    }

    private static long above(DataSize limit) {
        return limit.toBytes() + limit.toBytes() / 2;
    }
}
