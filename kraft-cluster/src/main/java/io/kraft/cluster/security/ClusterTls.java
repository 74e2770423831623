package io.kraft.cluster.security;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a node shows to others, and whom it accepts: for both directions of mutual TLS.
 *
 * @param keyManager the key and certificate of this node
 * @param trustManager which certificates belong to nodes of the cluster
 */
public record ClusterTls(X509ExtendedKeyManager keyManager, X509ExtendedTrustManager trustManager) {
}
