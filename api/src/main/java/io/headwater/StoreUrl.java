package io.headwater;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a store: {@code scheme:path?option=value} or {@code scheme://authority/path?option=value}.
 *
 * <p>{@link java.net.URI} loses the query of the first form, and the authority when it names several hosts or has an
 * underscore. Parts are percent-decoded, except the authority, which keeps its text until a backend takes it apart.
 *
 * @param scheme in lower case
 * @param authority the text between {@code //} and the next {@code /}; empty without one
 * @param path the rest before the {@code ?}; with an authority it starts with {@code /} or is empty
 * @param options the query, in order
 */
public record StoreUrl(String scheme, String authority, String path, Map<String, String> options) {
    private static final Pattern SHAPE =
            Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?]*))?([^?]*)(?:\\?(.*))?");

    public StoreUrl {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Takes a URL apart. Throws {@link ConfigurationException} for text of another shape. */
    public static StoreUrl parse(String url) {
        Matcher parts = SHAPE.matcher(Check.notNull(url, "store URL").trim());
        if (!parts.matches()) {
            throw new ConfigurationException("store URL '" + hideSecrets(url)
                    + "' has no scheme: write it like sqlite:events.db or postgresql://host/database");
        }
        return new StoreUrl(
                parts.group(1).toLowerCase(Locale.ROOT),
                orEmpty(parts.group(2)),
                decoded(parts.group(3), "path"),
                query(orEmpty(parts.group(4))));
    }

    private static Map<String, String> query(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), "option name");
            if (equals < 0) {
                throw new ConfigurationException(
                        "option '" + Check.printable(name) + "' has no value: write name=value");
            }
            if (options.put(name, decoded(pair.substring(equals + 1), "option '" + name + "'")) != null) {
                throw new ConfigurationException("option '" + Check.printable(name) + "' is given twice");
            }
        }
        return options;
    }

    private static String decoded(String text, String what) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    what + " of the store URL has a '%' that begins no escape: write a plain '%' as %25", e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The URL without its password, and without the values of options that sound like secrets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (!authority.isEmpty()) {
            text.append("//").append(authority);
        }
        text.append(path);
        char separator = '?';
        for (Map.Entry<String, String> option : options.entrySet()) {
            text.append(separator).append(option.getKey()).append('=').append(option.getValue());
            separator = '&';
        }
        return hideSecrets(text.toString());
    }

    /** A URL's text, well-formed or not, as it may stand in a message: passwords and the like become {@code ***}. */
    static String hideSecrets(String url) {
        return Check.printable(url.replaceAll("(?s)(//[^/?@:]*):[^/?]*@", "$1:***@")
                .replaceAll("(?i)([?&][^=&]*(?:password|secret|token|credential|key)[^=&]*=)[^&]*", "$1***"));
    }
}
