package io.headwater.esdb.kit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Category links as a way into the log: their metadata, what lies behind them, and how far one may trust them. */
final class ScLinks {
    private ScLinks() {}

    private static final S.Exp NONE = S.Exp.NONE;
    private static final S.Exp ANY = S.Exp.ANY;

    /** What a link says of itself and what is found at the place that its metadata names. */
    static String words(S s, ReadResp resolved) throws Exception {
        ReadResp.ReadEvent e = resolved.getEvent();
        if (!e.hasLink()) return "no link: " + e.getEvent().getMetadataOrDefault("type", "");
        StringBuilder b = new StringBuilder(e.getLink().getData().toStringUtf8());
        JsonObject m;
        try {
            m = JsonParser.parseString(e.getLink().getCustomMetadata().toStringUtf8())
                    .getAsJsonObject();
        } catch (RuntimeException x) {
            return b + " | metadata is no JSON object";
        }
        b.append(" | keys ").append(new TreeSet<>(m.keySet()));
        if (m.has("$o")) b.append(" | $o ").append(m.get("$o"));
        if (m.has("$deleted")) b.append(" | $deleted ").append(m.get("$deleted"));
        b.append(
                e.hasEvent()
                        ? " | target " + e.getEvent().getMetadataOrDefault("type", "") + " "
                                + e.getEvent().getStreamRevision() + "@" + S.streamOf(e.getEvent())
                        : " | no target");
        if (!m.has("$c") || !m.has("$p")) return b.toString();
        long c = m.get("$c").getAsLong();
        long p = m.get("$p").getAsLong();
        b.append(" | $c=$p ").append(c == p);
        if (e.hasEvent())
            b.append(" | $c is its place ").append(c == e.getEvent().getCommitPosition());
        S.Out<ReadResp> at = s.read(S.Rd.all().pos(c, p).count(1));
        b.append(" | in $all ");
        if (!at.ok()) return b.append(at.ending()).toString();
        for (ReadResp r : at.msgs()) {
            if (!r.hasEvent()) continue;
            ReadResp.ReadEvent.RecordedEvent x = S.original(r);
            b.append(x.getCommitPosition() == c ? "there " : "another place ");
            if (x.getCommitPosition() == c)
                b.append(x.getMetadataOrDefault("type", ""))
                        .append(' ')
                        .append(x.getStreamRevision() == Long.MAX_VALUE ? "MAX" : String.valueOf(x.getStreamRevision()))
                        .append('@')
                        .append(S.streamOf(x));
        }
        return b.toString();
    }

    private static void passed(S s, String label) throws Exception {
        s.bulk(s.n("zz" + label + "-1"), NONE, s.ev("zz" + label));
        s.links("$ce-" + s.n("zz" + label), 1);
    }

    private static long tail(S s, String stream) throws Exception {
        List<Long> r =
                S.revisions(s.peek(S.Rd.stream(stream).end().back().count(1)).msgs());
        return r.isEmpty() ? -1 : r.get(0);
    }

    static void add(Catalog c) {
        c.add(
                "ce.linkMetadata",
                "links to readable, truncated, deleted, recreated and tombstoned streams: $c, $p, $o, $v, and $all at"
                        + " that place",
                s -> {
                    s.append(s.n("cat-1"), NONE, s.evs("a", 0, 2));
                    s.append(s.n("cat-2"), NONE, s.evs("b", 0, 3));
                    s.append(s.n("cat-3"), NONE, s.ev("c0"));
                    s.append(s.n("cat-4"), NONE, s.ev("d0"));
                    s.append(s.n("cat-5"), NONE, s.ev("e0"));
                    String ce = "$ce-" + s.n("cat");
                    s.links(ce, 8);
                    s.append("$$" + s.n("cat-2"), NONE, s.meta("m", "{\"$tb\":2}"));
                    s.delete(s.n("cat-3"), ANY);
                    s.tombstone(s.n("cat-4"), ANY);
                    s.delete(s.n("cat-5"), ANY);
                    passed(s, "1");
                    s.append(s.n("cat-5"), NONE, s.ev("e1"));
                    s.settle(s.n("cat-5"), 1);
                    passed(s, "2");
                    s.observe("links", s.links(ce, 12));
                    s.read(S.Rd.stream(ce));
                    int i = 0;
                    for (ReadResp r : s.peek(S.Rd.stream(ce).resolve()).msgs()) {
                        if (r.hasEvent()) s.observe("link" + i++, words(s, r));
                    }
                });
        c.add("ce.name.astral", "a category and an id of sixty astral characters each", s -> {
            String smile = "\ud83d\ude00".repeat(60);
            s.append(s.n(smile + "-" + smile), NONE, s.ev("e"));
            s.observe("links", s.links("$ce-" + s.n(smile), 1));
            s.read(S.Rd.stream("$ce-" + s.n(smile)).resolve());
        });
        c.once(
                "ce.sideBySide",
                200,
                "a category with 2000 new events beside one with a single later one: is the later link readable when"
                        + " the earlier ones are not",
                s -> {
                    String slow = "$ce-" + s.n("slow");
                    String fast = "$ce-" + s.n("fast");
                    int seen = 0;
                    for (int round = 0; round < 12; round++) {
                        for (int i = 0; i < 20; i++)
                            s.bulk(s.n("slow-" + i), ANY, s.evs("s" + round + "_" + i + "_", 0, 100));
                        s.bulk(s.n("fast-1"), ANY, s.ev("f" + round));
                        int want = round;
                        if (!s.poll(6_000, () -> tail(s, fast) >= want)) break;
                        seen++;
                        if (!s.poll(10_000, () -> tail(s, slow) >= 2000L * (want + 1) - 1)) break;
                    }
                    s.observe("rounds.whole", seen == 12);
                });
        c.once(
                "ce.checkpoint",
                90,
                "the checkpoints of $by_category while 12 000 events are written: what they say, and whether every"
                        + " link below is there",
                s -> {
                    String ce = "$ce-" + s.n("cat");
                    Checkpoints seen = new Checkpoints(s, ce);
                    Thread t = new Thread(() -> {
                        try {
                            for (int i = 0; i < 120; i++)
                                seen.written(s.bulk(s.n("cat-" + i % 7), ANY, s.evs("e" + i + "_", 0, 100)));
                        } catch (Exception e) {
                            s.observe("writer", e.toString());
                        }
                    });
                    t.setDaemon(true);
                    t.start();
                    s.poll(40_000, () -> {
                        seen.look();
                        return !t.isAlive() && tail(s, ce) + 1 >= 12_000;
                    });
                    s.rest();
                    seen.look();
                    seen.tell();
                    s.observe("all.linked", tail(s, ce) + 1 >= 12_000);
                });
        c.add("idx.category", "$all with the one prefix $idx-ce-CATEGORY: an index since 25.1, nothing before", s -> {
            long p = s.prepare(s.n("cat-1"), NONE, s.evs("a", 0, 2));
            s.prepare(s.n("cat-2"), NONE, s.ev("b"));
            s.prepare(s.n("cat"), NONE, s.ev("noDash"));
            s.prepare(s.n("dog-1"), NONE, s.ev("c"));
            String idx = "$idx-ce-" + s.n("cat");
            s.poll(
                    1500,
                    () -> S.events(s.peek(S.Rd.all().streamPrefix(idx).count(10))
                                    .msgs())
                            >= 3);
            s.observe(
                    "fromStart",
                    ScHidden.words(s.read(S.Rd.all().streamPrefix(idx).count(10))));
            s.observe(
                    "fromFirst",
                    ScHidden.words(s.read(S.Rd.all().pos(p).streamPrefix(idx).count(10))));
            s.observe(
                    "between",
                    ScHidden.words(
                            s.read(S.Rd.all().pos(p + 1).streamPrefix(idx).count(10))));
            s.observe(
                    "backwards",
                    ScHidden.words(
                            s.read(S.Rd.all().end().back().streamPrefix(idx).count(2))));
            s.observe(
                    "missing",
                    ScHidden.words(s.read(
                            S.Rd.all().streamPrefix("$idx-ce-" + s.n("nothing")).count(10))));
        });
    }

    /** What the checkpoints of $by_category say while events of a category are written. */
    private static final class Checkpoints {
        private static final String STREAM = "$projections-$by_category-checkpoint";

        private final S s;
        private final String ce;
        private final List<Long> ends = new ArrayList<>(); // position of the last event of each hundred
        private boolean found;
        private int broken;
        private boolean same = true;

        Checkpoints(S s, String ce) {
            this.s = s;
            this.ce = ce;
        }

        synchronized void written(long position) {
            ends.add(position);
        }

        private synchronized long writtenUntil(long at) {
            return 100 * ends.stream().filter(p -> p <= at).count();
        }

        void look() throws Exception {
            for (ReadResp r : s.peek(S.Rd.stream(STREAM).end().back().count(1)).msgs()) {
                if (r.hasEvent()) look(r.getEvent().getEvent());
            }
        }

        private void look(ReadResp.ReadEvent.RecordedEvent e) throws Exception {
            JsonObject m =
                    JsonParser.parseString(e.getCustomMetadata().toStringUtf8()).getAsJsonObject();
            if (!found) {
                s.observe("type", e.getMetadataOrDefault("type", ""));
                s.observe("contentType", e.getMetadataOrDefault("content-type", ""));
                s.observe("keys", new TreeSet<>(m.keySet()).toString());
                s.observe("data.bytes", e.getData().size());
            }
            found = true;
            if (!m.has("$c")) return;
            long at = m.get("$c").getAsLong();
            same &= m.has("$p") && m.get("$p").getAsLong() == at;
            long below = writtenUntil(at);
            if (below > 0 && tail(s, ce) + 1 < below) broken++;
        }

        void tell() {
            s.observe("found", found);
            s.observe("c.equals.p", same);
            s.observe("links.lacking.below.checkpoint", broken);
        }
    }
}
