import StrictJSON

extension Declaration {
    /// Where a token is in a request.
    enum TokenPlace: String, DeclarationWord {
        case header
        case query
        case form
    }

    /// A request with the user's token, whatever it asks for.
    struct TokenUse: Sendable, Hashable {
        var url: AddressTemplate
        var method = Method.get
        var token = TokenPlace.header
        var scheme = "Bearer"
        var tokenName = "access_token"
        var clientIdName: String?
        var proofName: String?
        var parameters: [String: String] = [:]
        var tokenParameters: [String: Pointer] = [:]
        var headers: [String: String] = [:]
    }
}

extension Declaration.TokenUse {
    static let members: [DeclarationMember<Self>] = {
        let usual = Self(url: "https://{host}")
        return [
            .init("url", \.url, of: usual, isRequired: true, "The endpoint."),
            .init("method", \.method, of: usual, "The method."),
            .init(
                "token", \.token, of: usual,
                """
                Where the request has the token: in the field Authorization, in the query, or in a form. Take the query \
                only if the upstream knows nothing else: URLs end up in logs.
                """
            ),
            .init("scheme", \.scheme, of: usual, "What stands before the token in the field Authorization."),
            .init("tokenName", \.tokenName, of: usual, "The parameter's name for the token in a query or a form."),
            .init(
                "clientIdName", \.clientIdName, of: usual,
                "The name of the parameter with the client's id, if the request needs it."),
            .init(
                "proofName", \.proofName, of: usual,
                """
                The name of the parameter with a proof that the client has the token: its HMAC-SHA256 by the client's \
                secret, in hexadecimal.
                """
            ),
            .init("parameters", \.parameters, of: usual, "Further parameters: in the query, or with POST in a form."),
            .init(
                "tokenParameters", \.tokenParameters, of: usual,
                "Parameters that are in the answer with the token, such as the user's id: by name, each with its place."
            ),
            .init("headers", \.headers, of: usual, "Further header fields."),
        ]
    }()

    var fault: (key: String, message: String)? {
        if let message = HeaderText.fault(in: headers) { return ("headers", message) }
        if token == .form, method == .get { return ("token", "token is form, which a request with GET has none of.") }
        if !scheme.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) || scheme.isEmpty {
            return ("scheme", "scheme is a word such as Bearer.")
        }
        var names = ParameterNames()
        if token != .header { names.add([tokenName], of: "tokenName") }
        names.add([clientIdName].compactMap { $0 }, of: "clientIdName")
        names.add([proofName].compactMap { $0 }, of: "proofName")
        names.add(tokenParameters.keys, of: "tokenParameters")
        names.add(parameters.keys, of: "parameters")
        return names.fault
    }

    /// The names of the parameters of the request. Wherever it has them, an upstream could take those of the query.
    var names: Set<String> {
        let others = [clientIdName, proofName].compactMap { $0 } + tokenParameters.keys + parameters.keys
        return Set((token == .header ? [] : [tokenName]) + others)
    }
}
