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
 * <p>It is not a {@link java.net.URI}, which loses the query of the first form, and the authority if that names several
 * hosts or has an underscore. All parts are percent-decoded, except the authority, which the backend decodes.
 *
 * @param scheme in lower case
 * @param authority the text between {@code //} and the next {@code /}; empty if there is none
 * @param path the text before the {@code ?}; if there is an authority, it starts with {@code /} or is empty
 * @param options the query, in order
 */
public record StoreUrl(String scheme, String authority, String path, Map<String, String> options) {
    private static final Pattern SHAPE =
            Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?]*))?([^?]*)(?:\\?(.*))?");

    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern ODD_PORT = Pattern.compile(":(?!\\d+(?:,|$))");
    private static final Pattern OPTION_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    public StoreUrl {
        ArgumentChecks.notNull(scheme, "scheme");
        ArgumentChecks.notNull(authority, "authority");
        ArgumentChecks.notNull(path, "path");
        options = Collections.unmodifiableMap(new LinkedHashMap<>(ArgumentChecks.notNull(options, "options")));
    }

    /**
     * Parses a URL.
     *
     * @throws ConfigurationException if the text has another form
     */
    public static StoreUrl parse(String url) {
        Matcher parts = SHAPE.matcher(ArgumentChecks.notNull(url, "store URL").trim());
        if (!parts.matches()) {
            throw new ConfigurationException("store URL '" + ArgumentChecks.printable(Secrets.hideInMalformed(url))
                    + "' has no scheme: write it like sqlite:events.db");
        }
        String authority = orEmpty(parts.group(2));
        refuseTornPassword(authority, parts.group(3), orEmpty(parts.group(4)));
        return new StoreUrl(
                parts.group(1).toLowerCase(Locale.ROOT),
                authority,
                decoded(parts.group(3), "path"),
                query(orEmpty(parts.group(4))));
    }

    /** A password with a plain {@code /} or {@code ?} would end up in the port, path or options, and in their messages. */
    private static void refuseTornPassword(String authority, String path, String query) {
        String hosts = authority.substring(authority.lastIndexOf('@') + 1).replaceAll("\\[[^\\]]*]", "");
        boolean torn = path.contains("@")
                ? hosts.contains(":")
                : query.contains("@") && ODD_PORT.matcher(hosts).find();
        if (torn) {
            throw new ConfigurationException("store URL has an '@' after its host and port:"
                    + " write '/', '?' and '@' in a password, user or path as %2F, %3F and %40");
        }
    }

    private static Map<String, String> query(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                put(pair, options);
            }
        }
        return options;
    }

    private static void put(String pair, Map<String, String> options) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw withoutValue(pair, options);
        }
        String name = decoded(pair.substring(0, equals), "option name");
        if (options.put(name, decoded(pair.substring(equals + 1), "option '" + name + "'")) != null) {
            throw new ConfigurationException("option '" + ArgumentChecks.printable(name) + "' is given twice");
        }
    }

    /** What has no value may be the rest of a password with a plain {@code &} or {@code ?}: then it is not shown. */
    private static ConfigurationException withoutValue(String pair, Map<String, String> before) {
        boolean named =
                OPTION_NAME.matcher(pair).matches() && before.keySet().stream().noneMatch(Secrets::isSecret);
        return new ConfigurationException((named ? "option '" + ArgumentChecks.printable(pair) + "'" : "an option")
                + " has no value: write name=value, and a plain '?' or '&' elsewhere as %3F or %26");
    }

    /** Without the cause, whose message quotes the text. */
    private static String decoded(String text, String what) {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.indexOf(REPLACEMENT) < 0 || isMeant(text)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    what + " of the store URL has a '%' that does not begin an escape: write a plain '%' as %25");
        }
        throw new ConfigurationException(what + " of the store URL has escapes that are not UTF-8");
    }

    /** The decoder puts the replacement character in place of malformed bytes, but it may also have been written. */
    private static boolean isMeant(String text) {
        return text.indexOf(REPLACEMENT) >= 0 || text.toUpperCase(Locale.ROOT).contains("%EF%BF%BD");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The URL without its password, and without the values of options whose names suggest a secret. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (!authority.isEmpty()) {
            text.append("//").append(Secrets.hideInAuthority(authority));
        }
        text.append(Secrets.hideInPath(authority, path));
        char separator = '?';
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey();
            text.append(separator).append(name).append('=').append(Secrets.hideInValue(name, option.getValue()));
            separator = '&';
        }
        return ArgumentChecks.oneLine(text.toString());
    }
}
