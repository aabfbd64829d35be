package io.headwater.tck.catalogue.support;

import io.headwater.spi.CheckpointStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Values at which stores go wrong, as numbers overflow and names are taken for others: one list for each type, for all rules. */
public final class Boundaries {

    /** Times of the years 1 to 9999, which every store keeps to the microsecond (A8), in their order. */
    public static final List<Instant> TIMES = Stream.of(
                    "0001-01-01T00:00:00.000001Z",
                    "1582-10-04T23:59:59.999999Z",
                    "1677-09-21T00:12:43.145224Z",
                    "1677-09-21T00:12:43.145225Z",
                    "1901-12-13T20:45:51.999999Z",
                    "1969-12-31T23:59:59.999999Z",
                    "1970-01-01T00:00:00Z",
                    "1970-01-01T00:00:00.000001Z",
                    "2001-09-09T01:46:39.999999Z",
                    "2001-09-09T01:46:40Z",
                    "2038-01-19T03:14:07.999999Z",
                    "2038-01-19T03:14:08Z",
                    "2106-02-07T06:28:16Z",
                    "2262-04-11T23:47:16.854775Z",
                    "2262-04-11T23:47:16.854776Z",
                    "2286-11-20T17:46:40Z",
                    "9998-12-31T23:59:59.999999Z",
                    "9999-12-31T23:59:59.999999Z")
            .map(Instant::parse)
            .toList();

    /** Terms of leases, from a microsecond to the longest: around 31 and 32 bits of microseconds and of milliseconds, too. */
    public static final List<Duration> TERMS = List.of(
            Duration.ofNanos(1000),
            Duration.ofMillis(999),
            Duration.ofSeconds(59, 999_999_000),
            Duration.ofSeconds(2147, 483_648_000),
            Duration.ofSeconds(4294, 967_296_000),
            Duration.ofMillis(1L << 31),
            Duration.ofMillis(1L << 32),
            Duration.ofDays(365),
            CheckpointStore.LONGEST_TERM);

    /**
     * Ends of names that are easily taken for one another, or for something else, no two of them equal: any of them may follow a
     * text that begins a name of any kind (P2).
     */
    public static final List<String> NAMES = List.of(
            "",
            "1",
            "9",
            "10",
            "a",
            "aa",
            "aA",
            " ",
            "a ",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "-",
            "-1",
            "/",
            "//",
            ":",
            "|",
            ".",
            "..",
            "%",
            "_",
            "*",
            "?",
            "'",
            "\"",
            "\\",
            "é",
            "e\u0301",
            "ß",
            "ss",
            "İ",
            "i",
            "ﬁ",
            "fi",
            "\ue000",
            "\uff5e",
            "\ud800\udc00",
            "😀",
            "Aa",
            "BB");

    /** These, and further ones that stores have stumbled over. */
    public static final List<String> MORE_NAMES = Stream.concat(
                    NAMES.stream(),
                    Stream.of(
                            "0",
                            "00",
                            "99",
                            "100",
                            "-0",
                            "1e0",
                            "2147483648",
                            "4294967296",
                            "aaa",
                            "b",
                            "A",
                            "null",
                            "  ",
                            " a",
                            "a b",
                            "\u3000",
                            "\u200b",
                            "\u2029",
                            "\u202e",
                            "--",
                            "-10",
                            "-a",
                            "/a",
                            "::",
                            ".a",
                            ",",
                            ";",
                            "#",
                            "@",
                            "!",
                            "$",
                            "$a",
                            "%%",
                            "%20",
                            "%2F",
                            "%0D%0A",
                            "__",
                            "+",
                            "&",
                            "=",
                            "~",
                            "`",
                            "''",
                            "\\\\",
                            "\\n",
                            "\\u0000",
                            "{}",
                            "[0]",
                            "(",
                            "<x>",
                            "'; drop table events; --",
                            "É",
                            "ı",
                            "Å",
                            "\u212b",
                            "Ａ",
                            "а",
                            "ключ",
                            "日本語",
                            "\uffee",
                            "\ufffd",
                            "\ud83d\udc68\u200d\ud83d\udcbb",
                            "\udbff\udffd"))
            .toList();

    /** Keys and values of metadata, which may be of any characters: beside {@link #MORE_NAMES} those that no name has. */
    public static final List<String> TEXTS = Stream.concat(
                    MORE_NAMES.stream().filter(name -> !name.isEmpty()),
                    Stream.of(
                            "\r",
                            "\n",
                            "\r\n",
                            "a\r\n",
                            "\r\na",
                            "\t",
                            "\u0000",
                            "a\u0000b",
                            "\u0001",
                            "\u007f",
                            "\u0085"))
            .toList();

    /** Ids that are not random: with equal halves, of the highest bits, without a version, but for the nil id (A6). */
    public static final List<UUID> IDS = List.of(
            new UUID(0, 1),
            new UUID(1, 0),
            new UUID(0, -1),
            new UUID(-1, 0),
            new UUID(-1, -1),
            new UUID(0, Long.MIN_VALUE),
            new UUID(Long.MIN_VALUE, 0),
            new UUID(0, Long.MAX_VALUE),
            new UUID(Long.MAX_VALUE, 0),
            new UUID(Long.MAX_VALUE, Long.MAX_VALUE),
            new UUID(Long.MIN_VALUE, Long.MIN_VALUE),
            new UUID(1, 1),
            new UUID(1, 2),
            new UUID(2, 1),
            new UUID(1L << 32, 1),
            new UUID(1, 1L << 32));

    /** Numbers that have a digit more than the one before, and those around 16, 31 and 32 bits, in their order. */
    public static final List<Long> NUMBERS = List.of(
            1L,
            9L,
            10L,
            99L,
            100L,
            65_535L,
            65_536L,
            (1L << 31) - 1,
            1L << 31,
            (1L << 32) - 1,
            1L << 32,
            (1L << 32) + 1,
            (1L << 53) + 1,
            Long.MAX_VALUE);

    private Boundaries() {}

    /** This with each of {@link #NAMES} behind it. */
    public static List<String> names(String begin) {
        return NAMES.stream().map(begin::concat).toList();
    }

    /** This with each of {@link #MORE_NAMES} behind it. */
    public static List<String> moreNames(String begin) {
        return MORE_NAMES.stream().map(begin::concat).toList();
    }
}
