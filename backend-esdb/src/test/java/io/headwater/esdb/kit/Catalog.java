package io.headwater.esdb.kit;

import java.util.ArrayList;
import java.util.List;

/** The list of scenarios. */
final class Catalog {
    interface Body {
        void run(S s) throws Exception;
    }

    /** A scenario, and how long it may take. */
    record Scenario(String id, String meaning, Body body, int seconds) {
        int round() {
            return Catalog.round(id);
        }
    }

    /**
     * In which round a scenario runs. A system projection stops for good at a record that it cannot digest, such as metadata
     * that is no JSON. So what needs the projections comes first, and what may stop them late. At the very end comes what
     * changes or ends the server as a whole.
     */
    private static int round(String id) {
        if (id.equals("ce.userLink") || id.equals("ce.systemType")) return 2;
        if (id.startsWith("scavenge.") || id.startsWith("end.")) return 4;
        if (id.equals("refused.stream.meta")) return 5; // ends the process of a server 23.10
        if (id.startsWith("ce.") || id.startsWith("et.") || id.startsWith("system.")) return 0;
        for (String risky : new String[] {
            "meta.",
            "read.link.",
            "refused.stream.",
            "name.nul",
            "type.nul",
            "type.metadata",
            "size.type.70000",
            "name.length.20000",
            "name.length.70000",
            "name.astral",
            "type.astral",
            "window.0."
        }) {
            if (id.startsWith(risky)) return 3;
        }
        return 1;
    }

    private final List<Scenario> list = new ArrayList<>();

    void add(String id, String meaning, Body body) {
        add(new Scenario(id, meaning, body, 15));
    }

    /** What takes long. */
    void once(String id, int seconds, String meaning, Body body) {
        add(new Scenario(id, meaning, body, seconds));
    }

    private void add(Scenario x) {
        for (Scenario s : list) if (s.id().equals(x.id())) throw new IllegalStateException("twice: " + x.id());
        list.add(x);
    }

    static List<Scenario> all() {
        Catalog c = new Catalog();
        ScMatrix.add(c);
        ScAppend.add(c);
        ScPayload.add(c);
        ScRepeat.add(c);
        ScNames.add(c);
        ScDelete.add(c);
        ScRead.add(c);
        ScAll.add(c);
        ScAllFilters.add(c);
        ScSub.add(c);
        ScSubAll.add(c);
        ScCategory.add(c);
        ScOther.add(c);
        ScBatch.add(c);
        ScConcurrent.add(c);
        ScHidden.add(c);
        ScNote.add(c);
        ScPlaces.add(c);
        ScFilter.add(c);
        ScAnswered.add(c);
        ScLinks.add(c);
        ScLimits.add(c);
        ScLast.add(c);
        return c.list;
    }
}
