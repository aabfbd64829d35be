package io.headwater.esdb;

class OldestContainerTckTest extends ContainerTck {
    OldestContainerTckTest() {
        super("esdb.oldest.image", "auto");
    }
}
