import BrokerServing
import IdentityBroker

extension Configuration {
    /// What is unwise about the configuration as a whole, and about the files that it refers to.
    var generalWarnings: [ConfigurationProblem] {
        usageWarnings + fileWarnings + memoryWarning + retentionWarning + originWarnings
    }

    /// What the configuration is not sufficient for.
    private var usageWarnings: [ConfigurationProblem] {
        func warning(_ message: String) -> ConfigurationProblem {
            ConfigurationProblem(
                kind: .advice, file: store.source.file, position: nil, keyPath: SettingPath.document.text,
                message: message)
        }
        var warnings: [ConfigurationProblem] = []
        if server == nil {
            warnings.append(
                warning("Without 'server:' this configuration is only for 'broker login'; 'broker serve' refuses it."))
        } else if clients.isEmpty {
            warnings.append(warning("Without 'clients:' the service starts, but no app can get tokens from it."))
        }
        if !providers.contains(where: \.isEnabled) {
            warnings.append(warning("No provider is enabled, so nobody can sign in."))
        }
        return warnings
    }

    /// Origins that suit only development, if the service is reachable from other machines.
    private var originWarnings: [ConfigurationProblem] {
        guard let issuer = server?.issuer.flatMap({ UpstreamURL($0) }), !issuer.isLoopback else { return [] }
        return clients.filter { $0.corsOrigins.contains { $0.hasPrefix("http://") } }.map { client in
            let message = "Any program on a user's machine can serve these http origins. Remove them in production."
            return client.source.member("corsOrigins").problem(.advice, message)
        }
    }

    private var memoryWarning: [ConfigurationProblem] {
        guard server != nil, store.kind.name == StoreKind.memory.name else { return [] }
        let message = """
            The service keeps spent tickets, sign-ins and its signing keys in memory: they are lost when it ends, and no \
            token is valid after that. Use another kind of store.
            """
        return [store.source.problem(.advice, message)]
    }

    /// An ID token is remembered until it expires, and one that the store would forget earlier is refused.
    private var retentionWarning: [ConfigurationProblem] {
        let takesIDTokens = providers.contains { provider in
            provider.isEnabled && provider.manifest.credentials.contains { $0.kind == .idToken }
        }
        guard takesIDTokens, store.retention < .seconds(24 * 60 * 60) else { return [] }
        let message =
            "Apps cannot sign in with ID tokens that are valid for longer than this, and many are valid for hours."
        return [store.source.member("retention").problem(.advice, message)]
    }

    private var fileWarnings: [ConfigurationProblem] {
        var warnings: [ConfigurationProblem] = []
        func look(at path: String, holdsSecret: Bool, _ report: (String) -> ConfigurationProblem) {
            guard let advice = FilePermissions(path: path)?.advice(holdsSecret: holdsSecret) else { return }
            warnings.append(report(advice))
        }
        var parts = providers.filter(\.isEnabled).map(\.source)
        parts.append(store.source)
        if let server { parts.append(server.source) }
        parts += clients.map(\.source)
        let secrets = parts.flatMap(\.secrets)
        // A file with settings decides where secrets are sent, also if it has none.
        let documents = parts.flatMap(\.documents).map { (path: $0.file, keyPath: $0.path.text) }
        for (path, keyPath) in [(path: store.source.file, keyPath: SettingPath.document.text)] + documents {
            let holdsLiteral = secrets.contains { reference, place in
                if case .literal = reference { place.file == path } else { false }
            }
            look(at: path, holdsSecret: holdsLiteral) { message in
                ConfigurationProblem(kind: .advice, file: path, position: nil, keyPath: keyPath, message: message)
            }
        }
        for (reference, place) in secrets {
            guard case .file(let path) = reference else { continue }
            look(at: path, holdsSecret: true) { place.problem(.advice, $0) }
        }
        if let server, let tls = server.tls {
            let place = server.source.member("tls")
            look(at: tls.key, holdsSecret: true) { place.member("keyFile").problem(.advice, $0) }
            look(at: tls.certificate, holdsSecret: false) { place.member("certificateFile").problem(.advice, $0) }
        }
        for provider in providers where provider.isEnabled {
            guard let caFile = provider.network.caFile else { continue }
            let place = provider.source.member("network").member("caFile")
            look(at: caFile, holdsSecret: false) { place.problem(.advice, $0) }
        }
        for client in clients {
            // Anyone who can change these files can authenticate as the client, or read what is sent to it.
            let files = [
                (client.keySetFile?.path, client.source.member("jwksFile")),
                (client.network.caFile, client.source.member("network").member("caFile")),
            ]
            for case (let path?, let place) in files {
                look(at: path, holdsSecret: false) { place.problem(.advice, $0) }
            }
        }
        return warnings
    }
}
