package io.headwater.tck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Builds a page: every text is escaped, and only {@link #raw} adds markup. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Markup of our own making. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** A text, from wherever. */
    Html text(String text) {
        out.append(Inert.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        return this;
    }

    /** An element with nothing but a text in it. */
    Html element(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name.split(" ", 2)[0] + ">");
    }

    /** A file beside this class, which becomes part of the page. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
