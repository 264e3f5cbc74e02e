public import IdentityBroker

/// The result of checking a whole configuration.
public struct ConfigurationCheck: Sendable, Hashable {
    /// What prevents instances from being made; empty if all is well.
    public let problems: [ConfigurationProblem]
    /// What is allowed but unwise; each of kind ``ConfigurationProblem/Kind/advice``.
    public let warnings: [ConfigurationProblem]
    /// Those of the requested records that the check found in the store.
    public let records: [StoredRecord]
}

extension Configuration {
    /// Makes every enabled instance, discards it, and reports what failed.
    ///
    /// It reads the secrets and the files of certificate authorities, and examines the store as opening it would,
    /// without creating or changing anything.
    ///
    /// - Parameters:
    ///   - records: The records to read from the store, whose contents the caller checks.
    ///   - isOffline: Whether not to contact the store's server, if it has one. Nothing else is ever contacted.
    public func check(
        reading records: [RecordKey] = [],
        resolver: SecretResolver = .process,
        clock: BrokerClock = .system,
        isOffline: Bool = true
    ) -> ConfigurationCheck {
        let entries = providers.filter(\.isEnabled)
        var (made, problems) = ([MadeProvider](), [ConfigurationProblem]())
        for entry in entries {
            do {
                let instance = try entry.makeUsableInstance(resolver: resolver, clock: clock)
                made.append(MadeProvider(entry: entry, instance: instance))
            } catch {
                problems += error.problems
            }
        }
        var (inspection, storeProblems) = (StoreInspection(), [ConfigurationProblem]())
        do {
            inspection = try store.inspect(
                StoreInspection.Scope(isOffline: isOffline, records: records), resolver: resolver)
        } catch {
            storeProblems = error.problems
        }
        return ConfigurationCheck(
            problems: problems
                + storeProblems
                + (server?.problems(resolver: resolver) ?? [])
                + clients.flatMap { $0.problems(resolver: resolver) },
            warnings: entries.flatMap(\.warnings) + made.redemptionOverlaps + store.source.literalSecrets
                + inspection.advice.map { store.source.problem(.advice, $0) }
                + (server?.warnings ?? []) + clients.flatMap { $0.warnings(with: entries) } + generalWarnings,
            records: inspection.records
        )
    }
}

extension Configuration {
    /// What prevents the store from being opened, found without contacting its server, if it has one.
    package var storeProblems: [ConfigurationProblem] {
        do {
            _ = try store.inspect(StoreInspection.Scope(isOffline: true), resolver: .process)
            return []
        } catch {
            return error.problems
        }
    }
}

extension ProviderEntry {
    fileprivate var warnings: [ConfigurationProblem] {
        let rules = source.member("network")
        var warnings = source.literalSecrets + networkAdvice
        warnings += advice.map { settings.problem(.advice, $0) }
        let attributes = settings.attributeNames.union(identityPolicy.attributes.keys)
        for case .attribute(let name, _) in identityPolicy.admit where !attributes.contains(name) {
            let meant = NearestName.of(name, among: attributes.sorted()).map { " Did you mean '\($0)'?" } ?? ""
            let message =
                "'attributes' has no \(name).\(meant) Unless the type gives it by itself, a rule of 'admit' lets no one in."
            warnings.append(source.member("admit").problem(.advice, message))
        }
        if network.egress.allowsInsecureHTTP {
            let message = "Plain HTTP is allowed. Credentials and secrets can be read and changed in transit."
            warnings.append(rules.member("allowInsecureHTTP").problem(.advice, message))
        }
        if network.egress.allowedNetworks.contains(where: \.reachesBeyondSite) {
            let message = "Every address is allowed, including this machine's and the cloud's metadata service."
            warnings.append(rules.member("allowAddresses").problem(.advice, message))
        }
        let proxy = rules.member("proxy")
        if let url = network.proxy?.url, url.scheme == .http, proxy.value["credentials"] != nil {
            let message =
                "The proxy's credentials are sent in the clear. Use an https proxy, unless it is on this machine."
            warnings.append(proxy.member("credentials").problem(.advice, message))
        }
        return warnings
    }

    /// The type's advice; empty if it refuses its settings, which is reported separately.
    private var advice: [String] {
        (try? kind.advice(settings: settings.decoder)) ?? []
    }
}
