import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

extension OAuth2Provider {
    /// The request that redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
    ///
    /// - Throws: ``BrokerError`` of kind `invalidCredential` if what belongs with the code did not come back with it.
    func tokenRequest(for credential: Credential) throws(BrokerError) -> UpstreamRequest {
        var parameters = [
            ("grant_type", "authorization_code"), (declaration.token.codeName, credential.value.reveal()),
        ]
        if let flow = credential.flow {
            parameters.append(("redirect_uri", flow.redirectURI))
            if redirectForm.usesPKCE { parameters.append(("code_verifier", flow.codeVerifier.reveal())) }
            for name in declaration.authorization.carriedParameters {
                guard let part = credential.parts[name] else {
                    throw BrokerError(
                        .invalidCredential,
                        "The answer that the browser brought lacks a parameter beside the code. Begin a new login.")
                }
                parameters.append((name, part.reveal()))
            }
        }
        parameters += declaration.token.parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return try client.request(
            declaration.token.method == .get ? .get : .post, to: tokenEndpoint,
            with: parameters.map { (name: $0.0, value: $0.1) }, HeaderText.fields(declaration.token.headers))
    }

    /// A request with the user's token.
    ///
    /// - Throws: ``BrokerError`` of kind `upstreamMisbehaved` if the answer with the token lacks what the request needs.
    func request(
        _ request: Declaration.TokenUse,
        to endpoint: Endpoint,
        with answer: TokenAnswer
    ) throws(BrokerError) -> UpstreamRequest {
        let token = answer.accessToken
        var (query, form, headerFields) = (FormFields(), FormFields(), HeaderText.fields(request.headers))
        switch request.token {
        case .header: headerFields[.authorization] = "\(request.scheme) \(token.reveal())"
        case .query: query.add(request.tokenName, token.reveal())
        case .form: form.add(request.tokenName, token.reveal())
        }
        var parameters = request.parameters
        for (name, pointer) in request.tokenParameters {
            guard let value = pointer.id(in: answer.contents) else {
                throw AnswerReader.fault(.token, "lacks what the next request needs")
            }
            parameters[name] = value
        }
        if let name = request.clientIdName { parameters[name] = client.id }
        if let name = request.proofName { parameters[name] = client.proof(of: token) }
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            if request.method == .get { query.add(name, value) } else { form.add(name, value) }
        }
        if request.method == .get { return try endpoint.adding(query).request(.get, headerFields) }
        headerFields[.contentType] = "application/x-www-form-urlencoded"
        return try endpoint.adding(query).request(.post, headerFields, body: Array(form.text.utf8))
    }
}
