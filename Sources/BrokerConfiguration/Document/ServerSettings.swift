import BrokerServing
import BrokerTokens
import IdentityBroker

/// The settings under `server:`, and the ranges that their forms cannot express.
enum ServerSettings {
    static let accessTokenLifetimes: ClosedRange<Duration> = .seconds(60) ... .seconds(24 * 60 * 60)
    static let refreshTokenLifetimes: ClosedRange<Duration> = .seconds(60 * 60) ... .seconds(366 * 24 * 60 * 60)
    static let rotations: ClosedRange<Duration> = .seconds(24 * 60 * 60) ... .seconds(366 * 24 * 60 * 60)
    static let longestDrain: Duration = .seconds(10 * 60)
    static let requestSizes = 1024...(1024 * 1024)

    static let all: [Setting] = [
        .optional(
            "issuer",
            .url,
            """
            The URL by which apps know this broker, and the issuer in every token: https, or http on this machine. If \
            omitted, it is made from 'listen', which must then be a loopback address.
            """
        ),
        .optional(
            "listen",
            .text,
            default: ListenAddress.standard.authority(),
            "The address and port to listen on, as in 0.0.0.0:8443 or [::]:8443. Port 0 picks a free one."
        ),
        .optional(
            "tls",
            .object(tls),
            "The certificate to serve with. Without it the service speaks plain HTTP, for a proxy in front that speaks TLS."
        ),
        .optional(
            "trustedProxies",
            .list(.text),
            default: "[]",
            """
            The networks of the proxies in front, as in [10.0.0.0/8]. Only they are trusted about a client's address, \
            request id and trace.
            """
        ),
        .optional(
            "forwardingHeader",
            .choice(ForwardingHeader.allCases.map(\.rawValue)),
            default: ForwardingHeader.xForwardedFor.rawValue,
            "The header in which those proxies name the client. They must overwrite what the client sent in it."
        ),
        .optional(
            "metricsFrom",
            .list(.text),
            default: "[127.0.0.0/8, '::1']",
            "The networks that may see /metrics."
        ),
        .required(
            "keyEncryptionKey",
            .secret,
            """
            A secret of at least 32 bytes that encrypts the signing keys in the store: generate one with \
            'openssl rand -base64 32'. All replicas need the same one.
            """
        ),
        .optional(
            "operations",
            .object(operations),
            """
            A separate socket for operators: /metrics, which is then served nowhere else, and /health, which 'listen' \
            serves too. It has 16 connections that clients cannot take. Without it, 'listen' serves both.
            """
        ),
        .optional("tokens", .object(tokens), "How long tokens live."),
        .optional("login", .object(LoginSettings.pages), "How the pages look on which people sign in."),
        .optional("sessions", .object(LoginSettings.sessions), "How long people stay signed in, in a browser."),
        .optional("limits", .object(limits), "How much the service takes on."),
    ]

    private static let tls: [Setting] = [
        .required("certificateFile", .path, "A PEM file with the certificate, and those between it and the root."),
        .required("keyFile", .path, "A PEM file with the certificate's private key."),
    ]

    private static let operations: [Setting] = [
        .required(
            "listen",
            .text,
            "The address and port to listen on with plain HTTP, as in 127.0.0.1:9090. Port 0 picks a free one."
        )
    ]

    private static let tokens: [Setting] = [
        .optional(
            "accessTokenLifetime",
            .duration,
            default: TokenLifetimes.standard.accessToken.setting,
            "How long an access token is valid, from \(accessTokenLifetimes.setting)."
        ),
        .optional(
            "idTokenLifetime",
            .duration,
            default: TokenLifetimes.standard.idToken.setting,
            "How long an ID token is valid, from \(accessTokenLifetimes.setting)."
        ),
        .optional(
            "refreshTokenLifetime",
            .duration,
            default: TokenLifetimes.standard.refreshAbsolute.setting,
            """
            The longest a user stays signed in, however often tokens are refreshed, from \(refreshTokenLifetimes.setting).
            """
        ),
        .optional(
            "refreshTokenIdleLifetime",
            .duration,
            default: TokenLifetimes.standard.refreshIdle.setting,
            """
            How long an unused refresh token is valid, from \(refreshTokenLifetimes.lowerBound.setting) to \
            refreshTokenLifetime.
            """
        ),
        .optional(
            "refreshGrace",
            .durationOrZero,
            default: TokenLifetimes.standard.refreshGrace.setting,
            """
            How long a used refresh token may be presented once more, by a client whose response was lost; at most \
            \(TokenLifetimes.longestGrace.setting). \
            After that, presenting it revokes the grant: someone has a copy.
            """
        ),
        .optional(
            "keyRotation",
            .duration,
            default: KeyRotation.standard.period.setting,
            "How often the signing keys are replaced, \(rotations.setting)."
        ),
    ]

    private static let limits: [Setting] = [
        .optional(
            "requestSize",
            .size,
            default: SizeText.setting(RequestBounds().bodySize),
            """
            The longest request body accepted, from \(requestSizes.setting).
            """
        ),
        .optional(
            "concurrency",
            .integer(1...100_000),
            default: "\(RequestLimits().concurrency)",
            """
            How many requests the service holds at once, which bounds its memory: those it works on, 32 for each \
            processor, and those that wait for their turn. One more is answered 503, and so is one that could not be \
            answered within half a second. A login that waits for its upstream does not count: its provider's limits do.
            """
        ),
        .optional(
            "connectionsPerAddress",
            .integer(1...100_000),
            default: "\(ConnectionCapacity().perAddress)",
            """
            How many connections one address, or one IPv6 network of 64 bits, may hold. One more closes the one that \
            has been idle longest. Proxies in 'trustedProxies' may hold any number.
            """
        ),
        .optional(
            "clientRate",
            .object(rate),
            "How many requests one client may make within a time. Left out, any number."
        ),
        .optional(
            "addressRate",
            .object(rate),
            "How many requests may come from one address within a time. Left out, any number."
        ),
        .optional(
            "transactionRate",
            .object(rate),
            """
            How many logins, pushed requests and device codes may begin at one address within a time. Many people may share \
            one. Left out, \(RequestLimits().transactionRate.logins) per minute.
            """
        ),
        .optional(
            "drainDelay",
            .durationOrZero,
            default: DrainTimes().delay.setting,
            """
            How long the service serves on when it is told to stop, at most \(longestDrain.setting): /health/ready says no, and answers tell \
            clients to go elsewhere. Longer than a load balancer takes to notice. 0s stops it at once.
            """
        ),
        .optional(
            "drain",
            .durationOrZero,
            default: DrainTimes().requests.setting,
            """
            How long requests under way may take to end after drainDelay, at most \(longestDrain.setting). No connections are \
            accepted then.
            """
        ),
    ]

    private static let rate: [Setting] = [
        .required("requests", .integer(1...1_000_000), "How many may begin within the time in the long run."),
        .required("per", .duration, "The time, at most 24h."),
        .optional(
            "burst",
            .integer(1...1_000_000),
            default: "{requests}",
            "How many may begin at once after a quiet time."
        ),
    ]
}
