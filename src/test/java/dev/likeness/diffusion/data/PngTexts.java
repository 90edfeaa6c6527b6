package dev.likeness.diffusion.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The texts of a picture file. */
public final class PngTexts {

    private PngTexts() {}

    /** By their keywords. */
    public static Map<String, String> read(InputStream in) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
            reader.setInput(stream, true, false);
            Map<String, String> texts = new LinkedHashMap<>();
            Element root = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            add(texts, root.getElementsByTagName("tEXtEntry"), "value");
            add(texts, root.getElementsByTagName("iTXtEntry"), "text");
            return texts;
        } finally {
            reader.dispose();
        }
    }

    private static void add(Map<String, String> texts, NodeList entries, String attribute) {
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            texts.put(entry.getAttribute("keyword"), entry.getAttribute(attribute));
        }
    }
}
