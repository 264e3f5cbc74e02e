import BrokerServing
import BrokerTokens
import IdentityBroker

extension Checker {
    /// The service, with defaults for omitted settings; nil if the section is missing.
    mutating func server(_ source: CheckedSettings, in document: CheckedSettings) -> ServerEntry? {
        guard let value = document.value["server"] else { return nil }
        let listen = listenAddress(source.member("listen"))
        checkIssuer(source, listeningOn: listen)
        let lifetimes = lifetimes(source.member("tokens"))
        let limits = source.member("limits")
        return ServerEntry(
            issuer: value["issuer"]?.text,
            listen: listen,
            operations: operationsAddress(source, besides: listen),
            tls: value["tls"].flatMap { tls in
                guard let certificate = tls["certificateFile"]?.text, let key = tls["keyFile"]?.text else { return nil }
                return CertificatePaths(certificate: certificate, key: key)
            },
            trustedProxies: networks(source.member("trustedProxies")),
            forwardingHeader: value["forwardingHeader"]?.text.flatMap(ForwardingHeader.init) ?? .xForwardedFor,
            metricsNetworks: value["metricsFrom"] == nil
                ? IPNetwork.loopback : networks(source.member("metricsFrom")),
            lifetimes: lifetimes,
            sessionLifetimes: sessionLifetimes(source.member("sessions")),
            loginPages: loginPages(source.member("login")),
            rotation: rotation(source.member("tokens"), of: lifetimes),
            requests: requests(limits),
            bounds: bounds(limits),
            connections: ConnectionCapacity(
                perAddress: limits.value["connectionsPerAddress"]?.integer ?? ConnectionCapacity().perAddress),
            drain: drain(limits),
            source: source
        )
    }

    private mutating func listenAddress(_ setting: CheckedSettings) -> ListenAddress {
        guard let text = setting.value.text else { return .standard }
        guard let address = ListenAddress(text) else {
            report(setting, "Expected an address and a port, as in 127.0.0.1:8080 or [::]:8443.")
            return .standard
        }
        return address
    }

    private mutating func operationsAddress(
        _ server: CheckedSettings,
        besides listen: ListenAddress
    ) -> ListenAddress? {
        let operations = server.member("operations")
        guard operations.value["listen"]?.text != nil else { return nil }
        let address = listenAddress(operations.member("listen"))
        if address.overlaps(listen) {
            report(operations.member("listen"), "'server.listen' already uses this address and port. Set another port.")
        }
        return address
    }

    private mutating func checkIssuer(_ server: CheckedSettings, listeningOn listen: ListenAddress) {
        guard let issuer = server.value["issuer"]?.text.flatMap({ UpstreamURL($0) }) else {
            if server.value["issuer"] == nil, !listen.isLoopback {
                let message = "'issuer' is missing. Other machines can reach this service: set the URL that they use."
                report(.missingKey, at: server.value.position, server.path.appending("issuer"), message)
            }
            return
        }
        if issuer.scheme == .http, !issuer.isLoopback {
            report(server.member("issuer"), "Tokens are sent over this URL. Use https, except on this machine.")
        }
    }

    private mutating func lifetimes(_ settings: CheckedSettings) -> TokenLifetimes {
        let standard = TokenLifetimes.standard
        let absolute =
            time(settings.member("refreshTokenLifetime"), in: ServerSettings.refreshTokenLifetimes)
            ?? standard.refreshAbsolute
        let shortest = ServerSettings.refreshTokenLifetimes.lowerBound
        let times = try? TokenLifetimes(
            accessToken: time(settings.member("accessTokenLifetime"), in: ServerSettings.accessTokenLifetimes)
                ?? standard.accessToken,
            idToken: time(settings.member("idTokenLifetime"), in: ServerSettings.accessTokenLifetimes)
                ?? standard.idToken,
            refreshIdle: time(
                settings.member("refreshTokenIdleLifetime"), in: shortest...max(shortest, absolute),
                "\(shortest.setting) to the refreshTokenLifetime")
                ?? min(standard.refreshIdle, absolute),
            refreshAbsolute: absolute,
            refreshGrace: time(settings.member("refreshGrace"), in: .zero...TokenLifetimes.longestGrace)
                ?? standard.refreshGrace
        )
        // It refuses nothing that was not already reported.
        return times ?? standard
    }

    private mutating func rotation(_ settings: CheckedSettings, of lifetimes: TokenLifetimes) -> KeyRotation {
        let setting = settings.member("keyRotation")
        let period = time(setting, in: ServerSettings.rotations) ?? KeyRotation.standard.period
        guard ServerSettings.rotations.contains(period) else { return .standard }
        do {
            return try KeyRotation(period: period, longestTokenLifetime: lifetimes.longest)
        } catch {
            report(setting, error.message)
            return .standard
        }
    }

    private mutating func requests(_ settings: CheckedSettings) -> RequestLimits {
        RequestLimits(
            concurrency: settings.value["concurrency"]?.integer ?? RequestLimits().concurrency,
            clientRate: rate(settings.member("clientRate"), counting: "requests"),
            addressRate: rate(settings.member("addressRate"), counting: "requests"),
            transactionRate: rate(settings.member("transactionRate"), counting: "requests")
                ?? RequestLimits().transactionRate
        )
    }

    private mutating func bounds(_ settings: CheckedSettings) -> RequestBounds {
        guard let bytes = settings.value["requestSize"]?.integer else { return RequestBounds() }
        let sizes = ServerSettings.requestSizes
        if !sizes.contains(bytes) {
            report(settings.member("requestSize"), "Expected a size from \(sizes.setting).")
        }
        return RequestBounds(bodySize: bytes)
    }

    private mutating func drain(_ settings: CheckedSettings) -> DrainTimes {
        let times = .zero...ServerSettings.longestDrain
        return DrainTimes(
            delay: time(settings.member("drainDelay"), in: times) ?? DrainTimes().delay,
            requests: time(settings.member("drain"), in: times) ?? DrainTimes().requests
        )
    }

    mutating func time(
        _ setting: CheckedSettings,
        in range: ClosedRange<Duration>,
        _ words: String? = nil
    ) -> Duration? {
        guard let duration = setting.value.duration else { return nil }
        if !range.contains(duration) { report(setting, "Expected a time of \(words ?? range.setting).") }
        return duration
    }
}
