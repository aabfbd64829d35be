package io.headwater.verification.engine;

import io.headwater.memory.MemoryBackendProvider;
import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.util.List;

/** Opens memory stores that refuse every position that they never gave. */
public final class GivenPositionsProvider implements BackendProvider {
    private final MemoryBackendProvider memory = new MemoryBackendProvider();

    @Override
    public String name() {
        return "given";
    }

    @Override
    public List<String> schemes() {
        return List.of("given");
    }

    @Override
    public String urlPattern() {
        return "given:name";
    }

    @Override
    public Backend open(BackendContext context) {
        return GivenPositions.over(memory.open(context));
    }
}
