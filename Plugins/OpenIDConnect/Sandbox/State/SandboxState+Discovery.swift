import BrokerSandbox

extension SandboxState {
    /// Where the discovery document is (OpenID Connect Discovery §4).
    var documentPath: String { "\(vendor.path)/.well-known/openid-configuration" }

    /// What the provider says of itself (Discovery §3).
    var document: Members {
        var document: Members = [
            "issuer": .text(issuer),
            "authorization_endpoint": .text(url(of: .authorize)),
            "token_endpoint": .text(url(of: .token)),
            "jwks_uri": .text(url(of: .keys)),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [.text(key.algorithm.rawValue)],
            "token_endpoint_auth_methods_supported": .list(client.methods.map { .text($0.rawValue) }),
        ]
        if vendor.takesFormPost { document["response_modes_supported"] = ["query", "form_post"] }
        if vendor.challenges == .published { document["code_challenge_methods_supported"] = ["S256"] }
        if vendor.hasLogout { document["end_session_endpoint"] = .text(url(of: .logout)) }
        if vendor.userInfo != nil { document["userinfo_endpoint"] = .text(url(of: .userinfo)) }
        if vendor.takesPushedRequests { document["pushed_authorization_request_endpoint"] = .text(url(of: .par)) }
        if vendor.namesItself { document["authorization_response_iss_parameter_supported"] = true }
        return document.with(vendor.document)
    }
}
