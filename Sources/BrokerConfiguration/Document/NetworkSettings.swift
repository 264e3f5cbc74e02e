import IdentityBroker

/// The settings under `network:`.
enum NetworkSettings {
    static let all: [Setting] = [
        .optional(
            "caFile",
            .path,
            "A PEM file of certificate authorities to trust instead of the system's, for a private deployment."
        ),
        .optional(
            "allowAddresses",
            .list(.text),
            default: "[]",
            """
            Private, loopback or other special networks to allow connections to, as in [10.20.0.0/16]. Public \
            addresses need no entry.
            """
        ),
        .optional(
            "allowInsecureHTTP",
            .boolean,
            default: "false",
            "Whether to allow plain HTTP. Credentials and secrets can then be read in transit."
        ),
        .optional(
            "reuseConnections",
            .boolean,
            default: "true",
            """
            Whether logins share connections to the upstream, one after another. With false, each request has a connection \
            of its own, and its response cannot belong to another.
            """
        ),
        .optional(
            "proxy",
            .object(proxy),
            """
            An HTTP proxy to reach the upstream through, with CONNECT. HTTPS_PROXY and similar variables are ignored.
            """
        ),
    ]

    /// Those of a client, to which the service itself sends something.
    static let ofClients: [Setting] = [
        .optional(
            "caFile",
            .path,
            "A PEM file of certificate authorities to trust instead of the system's, for an app in a private network."
        ),
        .optional(
            "allowAddresses",
            .list(.text),
            default: "[]",
            """
            Private or other special networks to allow connections to, as in [10.20.0.0/16]. Public addresses need no entry, \
            nor does a loopback address in the URL itself.
            """
        ),
    ]

    private static let proxy: [Setting] = [
        .required(
            "url",
            .url,
            """
            The proxy's URL, such as http://proxy.internal:3128. If its address is private, allowAddresses must include \
            it. The proxy resolves the upstream's name.
            """
        ),
        .optional(
            "credentials",
            .secret,
            "The proxy's 'user:password' (Basic), without percent-encoding."
        ),
        .optional(
            "caFile",
            .path,
            "A PEM file of certificate authorities to trust for an https proxy instead of the system's."
        ),
    ]
}
