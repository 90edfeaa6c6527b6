package dev.likeness.app.web.view;

import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.UnaryOperator;

@Schema(name = "Caption")
public record CaptionView(String text, CaptionOrigin origin) {

    /** In the order of the pictures. */
    public static List<CaptionView> of(List<Caption> captions) {
        return of(captions, UnaryOperator.identity());
    }

    /** The same with placeholders replaced. */
    public static List<CaptionView> of(List<Caption> captions, UnaryOperator<String> expand) {
        return captions.stream()
                .map(it -> new CaptionView(expand.apply(it.text()), it.origin()))
                .toList();
    }
}
