import BrokerConfiguration
import Foundation
import IdentityBroker

extension ProviderBench {
    /// The externally visible properties of an instance.
    private struct Behavior: Equatable {
        let issuer: Issuer
        let launch: LaunchRequest?
        let requests: [UpstreamRequest]
        let identity: Data
    }

    /// Checks that omitting a setting and setting it to its default are equivalent.
    func checkDefault(_ defaultText: String, of placed: PlacedSetting) async throws {
        let given = try SettingsText(settings)
        let absent = try given.with(nil, at: placed.keys)
        let present = try given.with(yaml(of: defaultText, at: placed, given: absent), at: placed.keys)
        let problems = try problems(with: present)
        try require(problems.isEmpty, "with the default at '\(placed.path)': \(summary(of: problems))")
        // Settings that decode to equal values need no closer look.
        guard try dump(of: absent) != dump(of: present) else { return }
        let person = person()
        let (without, with) = (
            try await behavior(of: absent, to: person), try await behavior(of: present, to: person)
        )
        try require(without == with, "omitting '\(placed.path)' is not the same as '\(placed.path): \(defaultText)'")
    }

    /// The default as written in YAML. Another setting's key in braces means that setting's value.
    private func yaml(of defaultText: String, at placed: PlacedSetting, given text: SettingsText) throws -> String {
        var yaml = defaultText
        for other in PlacedSetting.all(of: fixture.kind.manifest.settings) {
            let isSibling = other.keys.dropLast() == placed.keys.dropLast()
            let value = try text.value(at: other.keys) ?? other.setting.defaultText ?? ""
            for name in [other.path] + (isSibling ? [other.setting.key] : []) {
                yaml = yaml.replacing("{\(name)}", with: value)
            }
        }
        return yaml
    }

    private func dump(of settings: SettingsText) throws -> String {
        let watch = SettingsWatch()
        _ = try SettingsWatch.$current.withValue(watch) { try makeInstance(of: settings) }
        return watch.dump
    }

    /// Without a network: a default may well be the address of the real upstream.
    private func behavior(of settings: SettingsText, to person: Person) async throws -> Behavior {
        let transport = RehearsedTransport { stage.answer($0) }
        let visit = try await visit(
            of: person, to: makeInstance(of: settings), over: transport, rememberingIn: MemoryStore())
        let identity = try await visit.login().identity()
        let entry = try configuration(document(settings: settings.text)).providers.first
        let opensApp = entry?.kind.capabilities.contains(.launch) == true
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Behavior(
            issuer: identity.issuer,
            launch: opensApp ? try entry?.launchRequest() : nil,
            requests: transport.requests,
            identity: try encoder.encode(identity)
        )
    }
}
