package io.headwater.memory;

import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.util.List;

/** Opens the backend of a mutant by a URL, as users open stores. */
public final class MutantProvider implements BackendProvider {

    static String url(Mutant mutant) {
        return "mutant:" + mutant.name().replace(' ', '_');
    }

    @Override
    public String name() {
        return "mutant";
    }

    @Override
    public List<String> schemes() {
        return List.of("mutant");
    }

    @Override
    public String urlPattern() {
        return "mutant:what_is_broken";
    }

    @Override
    public Backend open(BackendContext context) {
        String url = "mutant:" + context.url().path();
        Mutant mutant = MutantsAreKilledTest.mutants().stream()
                .filter(each -> url(each).equals(url))
                .findFirst()
                .orElseThrow();
        return mutant.backend().apply(MutantsAreKilledTest.sound(mutant));
    }
}
