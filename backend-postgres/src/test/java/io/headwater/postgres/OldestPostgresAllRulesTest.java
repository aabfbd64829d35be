package io.headwater.postgres;

import io.headwater.tck.Tck;
import org.junit.jupiter.api.Tag;

/** All rules on the oldest server. */
@Tag("full")
class OldestPostgresAllRulesTest extends OldestPostgresTckTest {
    @Override
    protected Tck tck() {
        return ServerRules.ofAll(url());
    }
}
