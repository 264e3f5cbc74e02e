import BrokerTokens
import IdentityBroker

extension Checker {
    /// The clients, in file order.
    mutating func clients(_ clients: CheckedSettings, providers: Set<String>) -> [ClientEntry] {
        let members = (clients.value.members ?? [:]).sorted { $0.value.position < $1.value.position }
        return members.map { key, value in
            let source = clients.member(key)
            let entry = ClientEntry(
                id: key,
                displayName: value["displayName"]?.text ?? key,
                isPublic: value["public"]?.boolean ?? false,
                grants: Self.grants(of: value),
                audiences: value["audiences"]?.elements?.compactMap(\.text) ?? [],
                providers: value["providers"]?.elements.map {
                    Set($0.compactMap { $0.text.flatMap { ProviderID($0) } })
                },
                signingAlgorithm: value["signingAlgorithm"]?.text.flatMap(SigningAlgorithm.init) ?? .es256,
                redeemsTicketsWithoutAuthentication: value["redeemsTicketsWithoutAuthentication"]?.boolean ?? false,
                introspects: Set(value["introspects"]?.elements?.compactMap(\.text) ?? []),
                corsOrigins: Set(value["corsOrigins"]?.elements?.compactMap(\.text) ?? []),
                authorization: authorization(of: source),
                keySetFile: value["jwksFile"]?.text.map(KeySetFile.init),
                network: network(source.member("network")),
                source: source
            )
            check(entry, providers: providers)
            return entry
        }
    }

    /// What it may exchange for tokens. A client that only introspects gets none.
    private static func grants(of client: CheckedValue) -> Set<GrantType> {
        if let grants = client["grants"]?.elements {
            return Set(grants.compactMap(\.text).compactMap(GrantType.init(configurationName:)))
        }
        if client["redirectURIs"] != nil { return TokenClient.standardInteractiveGrants }
        let asksOnly = client["introspects"] != nil && client["audiences"] == nil
        return asksOnly ? [] : TokenClient.standardGrants
    }

    private mutating func check(_ client: ClientEntry, providers: Set<String>) {
        let value = client.source.value
        checkAuthentication(of: client)
        if client.redeemsTicketsWithoutAuthentication, !client.isPublic {
            report(
                client.source.member("redeemsTicketsWithoutAuthentication"),
                "This client authenticates. Remove this setting.")
        }
        if client.isPublic { checkGrants(ofPublic: client) }
        checkAudiences(of: client)
        checkOrigins(of: client)
        checkSignIn(of: client)
        for (index, provider) in (value["providers"]?.elements ?? []).enumerated() {
            guard let text = provider.text, !providers.contains(text) else { continue }
            let advice = NearestName.of(text, among: Array(providers)).map { " Did you mean '\($0)'?" } ?? ""
            let place = client.source.path.appending("providers").appending(index)
            report(.invalidValue, at: provider.position, place, "No provider has this id.\(advice)")
        }
    }

    private mutating func checkGrants(ofPublic client: ClientEntry) {
        func refuse(_ message: String) {
            report(.invalidValue, at: client.source.value.position, client.source.path.appending("grants"), message)
        }
        if client.grants.contains(.tokenExchange), !client.redeemsTicketsWithoutAuthentication {
            refuse(
                """
                A public client may exchange tickets and ID tokens only with \
                'redeemsTicketsWithoutAuthentication: true': a ticket that another app stole would sign that app in. \
                Prefer a client with a secret, or list 'providers' that take no tickets.
                """)
        }
        if client.grants.contains(.clientCredentials) {
            refuse("A public client gets no tokens of its own: anyone could get them. Remove client_credentials.")
        }
    }

    private mutating func checkAuthentication(of client: ClientEntry) {
        let value = client.source.value
        let secrets = ["secret", "secrets"].filter { value[$0] != nil }
        if client.isPublic {
            for key in secrets {
                report(client.source.member(key), "A public client has no secret. Remove it, or remove 'public: true'.")
            }
            if value["jwksFile"] != nil {
                let message = "A public client has no keys. Remove it, or remove 'public: true'."
                report(client.source.member("jwksFile"), message)
            }
        } else if value["jwksFile"] != nil {
            for key in secrets {
                let message = "A client with keys sends no secret, which would do without them. Remove one of the two."
                report(client.source.member(key), message)
            }
        } else if secrets.isEmpty {
            let message = """
                'secret' is missing. For a client that signs its requests, set 'jwksFile', and for one that cannot keep a \
                secret, 'public: true'.
                """
            report(.missingKey, at: value.position, client.source.path.appending("secret"), message)
        } else if value["secret"] == nil, value["secrets"]?.elements?.isEmpty == true {
            report(client.source.member("secrets"), "The list is empty. Add a secret, or set 'public: true'.")
        } else if client.secretReferences.count > ClientSecretFlaw.mostSecrets {
            report(client.source.member("secrets"), "A client has at most \(ClientSecretFlaw.mostSecrets) secrets.")
        }
    }

    private mutating func checkAudiences(of client: ClientEntry) {
        let value = client.source.value
        if value["audiences"]?.elements?.isEmpty == true {
            report(
                client.source.member("audiences"), "The list is empty. Name the APIs that the client's tokens are for.")
        }
        if value["audiences"] == nil, client.grants.needAudiences {
            let message = "'audiences' is missing. Name the APIs that the client's tokens are for."
            report(.missingKey, at: value.position, client.source.path.appending("audiences"), message)
        }
        if !client.introspects.isEmpty, client.isPublic {
            let message = "Only a client that authenticates may introspect tokens. Remove this setting."
            report(client.source.member("introspects"), message)
        }
        let audiences = value["audiences"]?.elements ?? []
        for (index, audience) in audiences.enumerated() where audiences[..<index].contains(audience) {
            let path = client.source.path.appending("audiences").appending(index)
            report(.invalidValue, at: audience.position, path, "This audience is listed twice.")
        }
        let message = "Expected 1 to 255 visible ASCII characters, such as https://api.example.com."
        check("audiences", of: client, message, \.isVisibleASCIIName)
        check("introspects", of: client, message, \.isVisibleASCIIName)
    }

    private mutating func checkOrigins(of client: ClientEntry) {
        if !client.corsOrigins.isEmpty, !client.isPublic {
            let message = "A page in a browser cannot keep a secret. Give it a client of its own with 'public: true'."
            report(client.source.member("corsOrigins"), message)
        }
        let message = """
            Expected an origin as browsers send it, such as https://app.example.com: lowercase, without a path or the \
            scheme's default port; http only on this machine.
            """
        check("corsOrigins", of: client, message, \.isWebOrigin)
    }

    /// Reports the invalid elements of a list.
    private mutating func check(
        _ key: String,
        of client: ClientEntry,
        _ message: String,
        _ isValid: (String) -> Bool
    ) {
        let path = client.source.member(key).path
        for (index, element) in (client.source.value[key]?.elements ?? []).enumerated()
        where !isValid(element.text ?? "") {
            report(.invalidValue, at: element.position, path.appending(index), message)
        }
    }

    /// Client ids appear in headers, forms and logs.
    mutating func checkClientIDs(in clients: SourceNode?) {
        for member in clients?.members ?? [] where !member.key.isClientID {
            let message =
                "This is not a client id: use 1 to 128 letters, digits, hyphens, dots, underscores and tildes."
            let path = SettingPath.document.appending("clients").appending(member.key, at: member.value.position)
            report(.invalidValue, at: member.keyPosition, path, message)
        }
        for member in clients?.members ?? [] where member.key.isTakenForAccount {
            let message = "A client's id may not have the form of an account's id: it could be taken for a person."
            let path = SettingPath.document.appending("clients").appending(member.key, at: member.value.position)
            report(.invalidValue, at: member.keyPosition, path, message)
        }
    }
}

extension String {
    /// Whether it can be a client id: unreserved characters (RFC 3986 §2.3), so that it reads the same everywhere.
    var isClientID: Bool {
        (1...128).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
                default: false
                }
            }
    }

    /// Whether browsers send it in this form in `Origin` (RFC 6454 §6.2).
    fileprivate var isWebOrigin: Bool {
        let parts = split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let url = UpstreamURL("https://\(parts[1])"), url.path.isEmpty,
            url.authority == parts[1] || "\(url.host):443" == parts[1]
        else { return false }
        switch parts[0] {
        case "https": return url.authority == parts[1]
        case "http": return url.port != 80 && url.isLoopback
        // Origins of apps with embedded pages, such as capacitor://localhost.
        default:
            return parts[0].first?.isLetter == true
                && parts[0].utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
                    default: false
                    }
                }
        }
    }
}
