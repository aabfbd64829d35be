package io.headwater.esdb.kit;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stream names: what is accepted, what comes back, and what counts as the same name. */
final class ScNames {
    private ScNames() {}

    static void add(Catalog c) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("space", "a b  c");
        names.put("leadingTrailing", " x ");
        names.put("slash", "a/b//c");
        names.put("backslash", "a\\b");
        names.put("percent", "a%20b%zz%");
        names.put("quotes", "a\"b'c`d");
        names.put("query", "a?b=c&d#e");
        names.put("at", "1@b@c");
        names.put("colons", "a::b:c");
        names.put("comma", "a,b;c|d");
        names.put("braces", "{a}[b](c)<d>*^$.+");
        names.put("newline", "a\nb\tc");
        names.put("nul", "a\u0000b");
        names.put("umlaut", "\u00e4\u00f6\u00fc\u00df");
        names.put("cjk", "\u4e2d\u6587");
        names.put("emoji", "\ud83d\ude00\ud83c\udfff");
        names.put("rtl", "\u202eabc\u05d0");
        names.put("zeroWidth", "a\u200bb\u00adc");
        names.put("dollar", "$a$");
        names.put("dash", "a-b-c");
        names.put("dashEnd", "a-");
        names.forEach((id, suffix) -> c.add("name." + id, "a stream name with " + id, s -> {
            String n = s.n(suffix);
            long p = S.pos(s.append(n, S.Exp.NONE, s.ev("a")));
            List<ReadResp> l = s.readAll(n).msgs();
            s.observe(
                    "same.name.back",
                    S.events(l) == 1 && S.streamOf(S.original(l.get(0))).equals(n));
            s.observe(
                    "by.prefix.in.all",
                    S.events(s.peek(S.Rd.all().pos(p).streamPrefix(n).count(10)).msgs()));
            S.Sub sub = s.subscribe(S.Rd.stream(n));
            sub.untilEvents(1);
            sub.stop();
            s.tombstone(n, S.Exp.ANY);
            s.note("how the error tells the name").readAll(n);
            s.append(n, S.Exp.ANY, s.ev("b"));
            s.note("the stream's metadata").readAll("$$" + n);
            s.delete(n, S.Exp.ANY);
            s.tombstone(n, S.Exp.ANY);
            s.note("what the log shows").peek(S.Rd.all().pos(p).streamPrefix(n).count(10));
        }));
        for (String id : List.of("quotes", "umlaut", "emoji", "newline")) {
            c.add("name.refusals." + id, "refusals that name a stream with " + id, s -> {
                String n = s.n(names.get(id));
                s.append(n, S.Exp.at(7), s.ev("a"));
                s.append(n, S.Exp.NONE, s.ev("a"));
                s.append(n, S.Exp.NONE, s.ev("b"));
                s.delete(n, S.Exp.at(7));
                s.tombstone(n, S.Exp.at(7));
                s.subscribe(S.Rd.stream(s.n(names.get(id) + "x"))).stop();
                s.readAll(s.n(names.get(id) + "x"));
                s.append(n, S.Exp.at(0), s.ev("c").data(S.filled((1 << 20) + 1)));
            });
        }
        for (int len : new int[] {200, 255, 256, 300, 1000, 1024, 4000, 20_000, 70_000}) {
            c.add("name.length." + len, "a stream name of " + len + " characters", s -> {
                String n = s.n("n".repeat(len - s.prefix.length()));
                s.observe("answer", S.verdict(s.append(n, S.Exp.NONE, s.ev("a"), s.ev("b"))));
                List<ReadResp> l = s.readAll(n).msgs();
                s.observe(
                        "same.name.back",
                        S.events(l) == 2 && S.streamOf(S.original(l.get(0))).equals(n));
                s.append("$$" + n, S.Exp.NONE, s.meta("m", "{\"$tb\":1}"));
                s.readAll(n);
                if (len > 4000) return;
                s.tombstone(n, S.Exp.ANY);
                s.note("the error with the long name").readAll(n);
            });
        }
        c.add("name.case", "names that differ in case only are different streams", s -> {
            s.append(s.n("Case"), S.Exp.NONE, s.ev("a"));
            s.observe("other", S.verdict(s.append(s.n("case"), S.Exp.NONE, s.ev("b"))));
            s.readAll(s.n("Case"));
            s.readAll(s.n("case"));
            s.readAll(s.n("CASE"));
        });
        c.add("name.normalForm", "composed and decomposed forms of a name are different streams", s -> {
            s.append(s.n("\u00e9"), S.Exp.NONE, s.ev("a"));
            s.observe("other", S.verdict(s.append(s.n("e\u0301"), S.Exp.NONE, s.ev("b"))));
            s.readAll(s.n("\u00e9"));
            s.readAll(s.n("e\u0301"));
        });
        c.add("name.system", "a stream whose name begins with $ can be written and read", s -> {
            s.observe("answer", S.verdict(s.append("$" + s.n("sys"), S.Exp.NONE, s.ev("a"))));
            s.readAll("$" + s.n("sys"));
            s.append("$" + s.n("sys-1"), S.Exp.NONE, s.ev("b"));
            s.readAll("$" + s.n("sys-1"));
        });
    }
}
