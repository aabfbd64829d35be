package io.headwater.esdb;

class OldestProjectionContainerTckTest extends ContainerTck {
    OldestProjectionContainerTckTest() {
        super("esdb.oldest.image", "projection");
    }
}
