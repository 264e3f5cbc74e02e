import IdentityBroker
import Logging

extension Configuration {
    /// The URLs of enabled providers that their network rules refuse; each of kind
    /// ``ConfigurationProblem/Kind/advice``. Names are not resolved.
    public var networkAdvice: [ConfigurationProblem] {
        providers.filter(\.isEnabled).flatMap(\.networkAdvice)
    }
}

extension ProviderEntry {
    /// The problems of the files of certificate authorities.
    var problemsOfCAFiles: [ConfigurationProblem] {
        let rules = source.member("network")
        return [(rules, network.caFile), (rules.member("proxy"), network.proxy?.caFile)].compactMap { place, path in
            guard let message = path.flatMap({ AuthorityFile(path: $0).problem }) else { return nil }
            return place.member("caFile").problem(.invalidValue, message)
        }
    }

    /// Makes the instance, and reads the files that every login needs; none for a disabled instance.
    ///
    /// - Throws: ``ConfigurationError`` with all problems.
    func makeUsableInstance(
        resolver: SecretResolver,
        clock: BrokerClock,
        logger: Logger = Logger(label: "identity-broker", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(ConfigurationError) -> ProviderInstance {
        let problems = isEnabled ? problemsOfCAFiles : []
        let instance: ProviderInstance
        do {
            instance = try makeInstance(resolver: resolver, clock: clock, logger: logger)
        } catch {
            throw ConfigurationError(problems: error.problems + problems)
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return instance
    }

    /// The URLs that the network rules refuse, as the transport would.
    var networkAdvice: [ConfigurationProblem] {
        let proxy = network.proxy.flatMap { proxy -> ConfigurationProblem? in
            guard let reason = network.egress.refusal(of: proxy) else { return nil }
            return source.member("network").member("proxy").member("url").problem(for: reason)
        }
        let isProxied = network.proxy != nil
        return settings.urls(of: manifest.settings).compactMap { url, place in
            guard let reason = network.egress.refusal(of: url, isProxied: isProxied) else { return nil }
            // A sandbox's page, to which the broker sends no request. Types that redirect check their own addresses.
            if reason == .insecureRefused, url.isLoopback, kind.capabilities.contains(.redirect) { return nil }
            return place.problem(for: reason)
        } + (proxy.map { [$0] } ?? [])
    }
}

extension CheckedSettings {
    fileprivate func problem(for reason: TransportFailure.Reason) -> ConfigurationProblem {
        let message = TransportFailure(reason, mayHaveLeft: false).brokerError.message
        return problem(.advice, "\(message) As it is, no request is sent.")
    }

    /// The URLs in these settings with their places; a default has the place where its setting would be.
    fileprivate func urls(of settings: [Setting]) -> [(url: UpstreamURL, place: CheckedSettings)] {
        settings.flatMap { setting -> [(url: UpstreamURL, place: CheckedSettings)] in
            let place = member(setting.key)
            switch setting.form {
            case .url, .urlTemplate:
                let text = value[setting.key]?.text ?? setting.defaultText
                return text.flatMap { Setting.url(in: $0, as: setting.form) }.map { [(url: $0, place: place)] } ?? []
            case .object(let members):
                return place.urls(of: members)
            default:
                return []
            }
        }
    }
}
