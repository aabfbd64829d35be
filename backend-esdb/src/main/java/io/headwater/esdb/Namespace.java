package io.headwater.esdb;

import io.headwater.ConfigurationException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the store's own streams, and which streams are hidden from users.
 *
 * @param name the text before the {@code :} of each own stream
 */
record Namespace(String name) {
    static final String DEFAULT = "$headwater";
    private static final Pattern NAME = Pattern.compile("\\$headwater|[A-Za-z0-9_-]{1,40}");

    Namespace {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "namespace '%s' is neither $headwater nor 1 to 40 letters, digits, '_' and '-'".formatted(name));
        }
    }

    /** Returns the name of an own stream. */
    String stream(String rest) {
        return prefix() + rest;
    }

    String prefix() {
        return name + ":";
    }

    /** Returns whether a stream is not one of users': a system stream of the server, or an own stream. */
    boolean hides(String stream) {
        return stream.startsWith("$") || stream.startsWith(prefix());
    }

    /** Returns the prefix that no id of a user's stream may begin with; empty if no valid id begins with it. */
    Optional<String> reservedPrefix() {
        return name.equals(DEFAULT) ? Optional.empty() : Optional.of(prefix());
    }

    /** A regular expression of the server that matches the names of users' streams. */
    String usersStreams() {
        return name.equals(DEFAULT) ? "^[^$]" : "^(?!" + prefix() + ")[^$]";
    }
}
