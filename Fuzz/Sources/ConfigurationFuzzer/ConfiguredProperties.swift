import BrokerConfiguration
import FuzzSupport
import IdentityBroker

/// The properties of an accepted configuration.
struct ConfiguredProperties {
    private let configuration: Configuration
    private let planted: Planted

    static func check(_ configuration: Configuration, readFrom yaml: [UInt8]) {
        let properties = ConfiguredProperties(configuration: configuration, planted: Planted(in: yaml))
        properties.checkEntries()
        properties.checkMaking()
        properties.checkChecking()
    }

    private func checkEntries() {
        let ids = configuration.providers.map(\.id)
        property("No id is given twice", holds: Set(ids).count == ids.count)
        property("The store is the one kind there is", holds: configuration.storeKind.name == "memory")
        for entry in configuration.providers {
            checkLimits(entry.limits)
            checkLaunch(entry)
        }
    }

    private func checkLimits(_ limits: ProviderLimits) {
        property("A login has some time", holds: limits.timeout > .zero)
        property("A login takes at most five minutes", holds: limits.timeout <= .seconds(300))
        property("Connecting has some time", holds: limits.connectTimeout > .zero)
        property("Connecting takes no longer than the login", holds: limits.connectTimeout <= limits.timeout)
        property("Some logins are let in at once", holds: (1...100_000).contains(limits.concurrency))
        property("An answer is of bounded size", holds: (1024...16 * 1024 * 1024).contains(limits.responseSize))
    }

    private func checkLaunch(_ entry: ProviderEntry) {
        do throws(BrokerError) {
            let request = try entry.launchRequest()
            property("Only what is switched on is launched", holds: entry.isEnabled)
            property(
                "A launch request is made of visible texts",
                holds: request.parameters.allSatisfy { !$0.value.isEmpty && $0.value.isOneVisibleLine }
            )
        } catch {
            property(
                "A launch fails for the operator to put right",
                holds: error.kind == (entry.isEnabled ? .misconfigured : .providerDisabled)
            )
            planted.checkAbsence(from: error.message)
        }
    }

    private func checkMaking() {
        do throws(ConfigurationError) {
            let instances = try configuration.makeInstances(resolver: Planted.resolver)
            property("Every entry is made", holds: instances.map(\.id) == configuration.providers.map(\.id))
        } catch {
            checkProblems(error.problems)
        }
    }

    private func checkChecking() {
        // A check opens the CA files that a configuration names, which may be any files of the machine.
        let namesNone = configuration.providers.allSatisfy {
            $0.network.caFile == nil && $0.network.proxy?.caFile == nil
        }
        guard namesNone else { return }
        let result = configuration.check(resolver: Planted.resolver)
        checkProblems(result.problems)
        property("A warning is an advice", holds: result.warnings.allSatisfy { $0.kind == .advice })
        ProblemProperties.checkWords(result.warnings, planted)
    }

    private func checkProblems(_ problems: [ConfigurationProblem]) {
        property(
            "What stands against an instance is its settings or its secrets, and never a defect",
            holds: problems.allSatisfy { [.refusedSettings, .unresolvedSecret].contains($0.kind) }
        )
        ProblemProperties.checkWords(problems, planted)
    }
}
