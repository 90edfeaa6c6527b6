package dev.likeness.app.web.job;

import dev.likeness.app.score.Advice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

@Schema(name = "Advice")
record AdviceView(String code, Advice.Severity severity, String message, Map<String, Number> figures) {

    static List<AdviceView> of(List<Advice> advice) {
        return advice.stream()
                .map(it -> new AdviceView(it.code(), it.severity(), it.message(), it.figures()))
                .toList();
    }
}
