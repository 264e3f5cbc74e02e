import BrokerConfiguration
import BrokerTokens
import StrictJSON

/// Where the service's endpoints are.
struct ServiceEndpoints {
    let issuer: String

    private var base: String { issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer }

    var metadata: String { "\(base)/.well-known/openid-configuration" }
    private var keys: String { "\(base)/oauth2/jwks" }

    /// Those that a client uses, by the names of the service's metadata (RFC 8414 §2).
    func used(by client: ClientEntry) -> [(name: String, url: String)] {
        var endpoints: [(name: String, url: String)] = []
        if client.grants.contains(.authorizationCode) {
            endpoints.append(("authorization_endpoint", "\(base)/oauth2/authorize"))
            if client.authorization.requiresPushedRequests {
                endpoints.append(("pushed_authorization_request_endpoint", "\(base)/oauth2/par"))
            }
        }
        if client.grants.contains(.deviceCode) {
            endpoints.append(("device_authorization_endpoint", "\(base)/oauth2/device_authorization"))
        }
        if !client.grants.isEmpty {
            endpoints += [("token_endpoint", "\(base)/oauth2/token"), ("jwks_uri", keys)]
        }
        if !client.grants.isDisjoint(with: [.authorizationCode, .deviceCode, .tokenExchange]) {
            endpoints.append(("userinfo_endpoint", "\(base)/oauth2/userinfo"))
        }
        if !client.authorization.postLogoutRedirectURIs.isEmpty {
            endpoints.append(("end_session_endpoint", "\(base)/oauth2/logout"))
        }
        if !client.introspects.isEmpty {
            endpoints.append(("introspection_endpoint", "\(base)/oauth2/introspect"))
        }
        return endpoints
    }
}

/// What the developers of apps have to enter, and what is registered for them.
struct ClientReport {
    let clients: [ClientEntry]
    let endpoints: ServiceEndpoints

    /// The report as JSON: the members of a client are those of its registration (RFC 7591 §2).
    var members: JSONObject {
        [
            "issuer": .string(endpoints.issuer),
            "metadata": .string(endpoints.metadata),
            "clients": .array(clients.map { .object(members(of: $0)) }),
        ]
    }

    /// The report for people.
    var table: TextTable {
        var table = TextTable()
        table.heading("Service")
        table.row("issuer", endpoints.issuer)
        table.row("metadata", endpoints.metadata)
        for client in clients {
            table.heading(client.displayName == client.id ? client.id : "\(client.id) (\(client.displayName))")
            for (name, value) in rows(of: client) { table.row(name, value) }
        }
        return table
    }

    private func members(of client: ClientEntry) -> JSONObject {
        let (use, isInteractive) = (client.authorization, client.grants.areInteractive)
        var members: JSONObject = [
            "client_id": .string(client.id),
            "client_name": .string(client.displayName),
            "token_endpoint_auth_methods": .strings(client.authenticationMethods),
            "grant_types": .strings(client.grantsInOrder.map(\.rawValue)),
            "endpoints": .object(
                JSONObject(endpoints.used(by: client).map { ($0.name, JSONValue.string($0.url)) })),
        ]
        if !client.audiences.isEmpty { members["audiences"] = .strings(client.audiences) }
        if !client.introspects.isEmpty { members["introspects"] = .strings(client.introspects.sorted()) }
        if isInteractive { members["id_token_signed_response_alg"] = .string(use.idTokenAlgorithm.rawValue) }
        guard client.grants.contains(.authorizationCode) else { return members }
        members["redirect_uris"] = .strings(use.redirectURIs)
        members["response_types"] = ["code"]
        members["code_challenge_methods"] = ["S256"]
        members["require_code_challenge"] = .bool(use.pkce == .required)
        members["require_pushed_authorization_requests"] = .bool(use.requiresPushedRequests)
        if !use.postLogoutRedirectURIs.isEmpty {
            members["post_logout_redirect_uris"] = .strings(use.postLogoutRedirectURIs)
        }
        members["backchannel_logout_uri"] = use.backchannelLogoutURI.map(JSONValue.string)
        return members
    }

    private func rows(of client: ClientEntry) -> [(name: String, value: String?)] {
        let use = client.authorization
        var rows: [(name: String, value: String?)] = [
            ("client id", client.id), ("authenticates with", client.authenticationWords),
        ]
        for endpoint in endpoints.used(by: client) {
            rows.append((endpoint.name.replacing("_", with: " "), endpoint.url))
        }
        rows.append(("grants", client.grantsInOrder.map(\.configurationName).listed))
        if client.grants.contains(.authorizationCode) {
            rows.append(("redirect URIs", use.redirectURIs.listed))
            rows.append(("PKCE", use.pkce == .required ? "S256, required" : "S256, optional"))
            rows.append(("requests", use.requiresPushedRequests ? "have to be pushed" : nil))
        }
        rows.append(("post-logout redirect URIs", use.postLogoutRedirectURIs.listed))
        rows.append(("back-channel logout URI", use.backchannelLogoutURI))
        let isInteractive = client.grants.areInteractive
        rows.append(("ID tokens", isInteractive ? use.idTokenAlgorithm.rawValue : nil))
        rows.append(("access tokens are for", client.audiences.listed ?? (isInteractive ? "userinfo alone" : nil)))
        rows.append(("introspects tokens for", client.introspects.sorted().listed))
        return rows
    }
}

extension ClientEntry {
    fileprivate var grantsInOrder: [GrantType] { GrantType.all.filter(grants.contains) }

    /// How it may authenticate, by the names of OpenID Connect Core §9.
    fileprivate var authenticationMethods: [String] {
        if isPublic { return ["none"] }
        return hasKeys ? ["private_key_jwt"] : ["client_secret_basic", "client_secret_post"]
    }

    fileprivate var authenticationWords: String {
        if isPublic { return "nothing: it is public (none)" }
        if hasKeys { return "a statement that it signs, with the issuer as aud (private_key_jwt)" }
        return "its secret (client_secret_basic or client_secret_post)"
    }
}

extension [String] {
    /// The elements one after another; nil for none.
    fileprivate var listed: String? { isEmpty ? nil : joined(separator: " ") }
}
