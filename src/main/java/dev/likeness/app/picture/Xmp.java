package dev.likeness.app.picture;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** An XMP packet (ISO 16684-1) with a recipe: the property {@code recipe} of the namespace {@code urn:likeness:image}. */
final class Xmp {

    /** Characters that XML 1.0 cannot contain. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private static final String PACKET = """
            <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:likeness="urn:likeness:image"><likeness:recipe>%s</likeness:recipe></rdf:Description>
            </rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>""";

    private Xmp() {}

    /** @param json a JSON object */
    static byte[] withRecipe(String json) {
        String readable = FORBIDDEN
                .matcher(json)
                .replaceAll(it -> "\\\\u%04x".formatted((int) it.group().charAt(0)));
        String text = readable.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return PACKET.formatted(text).getBytes(StandardCharsets.UTF_8);
    }
}
