package dev.aftercall.recorder.graph;

import dev.aftercall.testing.TestSetup;

final class SqliteMirrorTest extends MirrorContract {
  @Override
  TestSetup.Difference database() {
    return setup -> {};
  }
}
