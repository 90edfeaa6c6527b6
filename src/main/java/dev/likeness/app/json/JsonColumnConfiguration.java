package dev.likeness.app.json;

import org.hibernate.cfg.MappingSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JsonColumnConfiguration {

    /** By default, Hibernate would use the Jackson 2 of springdoc. */
    @Bean
    HibernatePropertiesCustomizer jsonColumns(JsonMapper json) {
        JsonMapper stored = StoredJson.mapper(json);
        return properties -> properties.put(MappingSettings.JSON_FORMAT_MAPPER, new Jackson3JsonFormatMapper(stored));
    }
}
