package dev.likeness.app.web.idempotency;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SHA-256 of a request's content: method, path, query and body. Every part is preceded by its length. */
final class Fingerprint {

    private final MessageDigest digest;
    private final DataOutputStream out;

    private Fingerprint(HttpServletRequest request) throws IOException {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        this.out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        add(request.getMethod());
        add(request.getRequestURI());
        add(request.getQueryString());
    }

    static String of(HttpServletRequest request, byte[] body) throws IOException {
        Fingerprint fingerprint = new Fingerprint(request);
        fingerprint.out.writeLong(body.length);
        fingerprint.out.write(body);
        return fingerprint.hex();
    }

    /**
     * The content of a form: its fields and files, independent of the boundary and of the order of parts with different
     * names.
     */
    static String ofForm(HttpServletRequest request) throws IOException, ServletException {
        Fingerprint fingerprint = new Fingerprint(request);
        List<Part> parts = request.getParts().stream()
                .sorted(Comparator.comparing(Part::getName))
                .toList();
        for (Part part : parts) {
            fingerprint.add(part.getName());
            fingerprint.add(part.getSubmittedFileName());
            fingerprint.out.writeLong(part.getSize());
            try (InputStream content = part.getInputStream()) {
                content.transferTo(fingerprint.out);
            }
        }
        return fingerprint.hex();
    }

    private void add(@Nullable String text) throws IOException {
        byte[] bytes = Objects.requireNonNullElse(text, "").getBytes(StandardCharsets.UTF_8);
        out.writeLong(bytes.length);
        out.write(bytes);
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
