import IdentityBroker

extension Checker {
    /// The service, with the defaults where nothing stands; nil where nothing is said of one.
    mutating func server(_ source: CheckedSettings, in document: CheckedSettings) -> ServerEntry? {
        guard let value = document.value["server"] else { return nil }
        let listen = listenAddress(source.member("listen"))
        checkIssuer(source, listeningOn: listen)
        return ServerEntry(
            issuer: value["issuer"]?.text,
            listen: listen,
            operations: operationsAddress(source, besides: listen),
            tls: value["tls"].flatMap { tls in
                guard let certificate = tls["certificateFile"]?.text, let key = tls["keyFile"]?.text else { return nil }
                return TLSFiles(certificate: certificate, key: key)
            },
            trustedProxies: networks(source.member("trustedProxies")),
            forwardingHeader: value["forwardingHeader"]?.text ?? ServerSettings.forwardingHeaders[0],
            metricsNetworks: value["metricsFrom"] == nil
                ? IPNetwork.loopback : networks(source.member("metricsFrom")),
            tokens: tokenTimes(source.member("tokens")),
            limits: serverLimits(source.member("limits")),
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
        let isLocal = issuer.host == "localhost" || ListenAddress("\(issuer.host):0")?.isLoopback == true
        if issuer.scheme == .http, !isLocal {
            report(server.member("issuer"), "Tokens are sent over this URL. Use https, except on this machine.")
        }
    }

    private mutating func tokenTimes(_ settings: CheckedSettings) -> TokenTimes {
        var times = TokenTimes()
        times.accessTokenLifetime =
            time(settings.member("accessTokenLifetime"), in: ServerSettings.accessTokenLifetimes, "1m to 24h")
            ?? times.accessTokenLifetime
        times.idTokenLifetime =
            time(settings.member("idTokenLifetime"), in: ServerSettings.accessTokenLifetimes, "1m to 24h")
            ?? times.idTokenLifetime
        times.refreshTokenLifetime =
            time(settings.member("refreshTokenLifetime"), in: ServerSettings.refreshTokenLifetimes, "1h to 8784h")
            ?? times.refreshTokenLifetime
        times.refreshTokenIdleLifetime = min(times.refreshTokenIdleLifetime, times.refreshTokenLifetime)
        let idleLifetimes =
            ServerSettings.refreshTokenLifetimes
            .lowerBound...max(
                ServerSettings.refreshTokenLifetimes.lowerBound, times.refreshTokenLifetime)
        times.refreshTokenIdleLifetime =
            time(settings.member("refreshTokenIdleLifetime"), in: idleLifetimes, "1h to the refreshTokenLifetime")
            ?? times.refreshTokenIdleLifetime
        times.refreshGrace =
            time(settings.member("refreshGrace"), in: .zero...ServerSettings.longestGrace, "at most 5m")
            ?? times.refreshGrace
        times.keyRotation =
            time(settings.member("keyRotation"), in: ServerSettings.rotations, "24h to 8784h") ?? times.keyRotation
        return times
    }

    private mutating func serverLimits(_ settings: CheckedSettings) -> ServerLimits {
        let value = settings.value
        var limits = ServerLimits()
        if let bytes = value["requestSize"]?.integer {
            limits.requestSize = bytes
            if !ServerSettings.requestSizes.contains(bytes) {
                report(settings.member("requestSize"), "Expected a size from 1KiB to 1MiB.")
            }
        }
        limits.concurrency = value["concurrency"]?.integer ?? limits.concurrency
        limits.connectionsPerAddress = value["connectionsPerAddress"]?.integer ?? limits.connectionsPerAddress
        limits.clientRate = rate(settings.member("clientRate"), counting: "requests")
        limits.addressRate = rate(settings.member("addressRate"), counting: "requests")
        limits.drainDelay =
            time(settings.member("drainDelay"), in: .zero...ServerSettings.longestDrain, "at most 10m")
            ?? limits.drainDelay
        limits.drain =
            time(settings.member("drain"), in: .zero...ServerSettings.longestDrain, "at most 10m") ?? limits.drain
        return limits
    }

    private mutating func time(
        _ setting: CheckedSettings,
        in range: ClosedRange<Duration>,
        _ words: String
    ) -> Duration? {
        guard let duration = setting.value.duration else { return nil }
        if !range.contains(duration) { report(setting, "Expected a time of \(words).") }
        return duration
    }
}
