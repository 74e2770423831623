package io.kraft.engine;

import io.kraft.engine.journal.BoundPayloadTransform;

/**
 * A codec that binds each payload to its location in the store: those who can write to
 * the store, but have no key, can put no payload in the place of another. It wraps what
 * the other codecs have wrapped, when it is written to the store; in memory payloads are
 * as the others have left them.
 */
public interface PayloadEncryption extends PayloadCodec, BoundPayloadTransform {

}
