/// Checks what a provider built from a flow, before a browser sees it. What is never sent is never checked on return
/// (CVE-2023-27490), and a provider's mistake here would show in no successful login.
struct RedirectCheck: Sendable {
    let flow: RedirectFlow
    let form: RedirectForm
    /// Whether the upstream must put the flow's nonce into an ID token.
    let sendsNonce: Bool
    let allowsInsecureHTTP: Bool
    /// Finds the instance's secrets.
    let redactor: Redactor

    static func fault(_ what: String) -> BrokerError {
        BrokerError(.internalError, "The provider \(what). This is a defect of it.")
    }

    /// Checks that a browser may be sent to the URL, and that it contains what the flow needs.
    ///
    /// - Parameter isPushed: Whether the parameters were already pushed to the upstream (RFC 9126).
    func check(url: String, isPushed: Bool) throws(BrokerError) {
        try BrowserAddress.check(url, allowsInsecureHTTP: allowsInsecureHTTP)
        guard !SecretSearch(flow.codeVerifier).matches(in: url) else {
            throw Self.fault("built a redirect that shows the code verifier to the browser")
        }
        guard !redactor.finds(in: url) else {
            throw Self.fault("built a redirect that shows a secret to the browser")
        }
        let query = url.prefix { $0 != "#" }.drop { $0 != "?" }.dropFirst()
        guard isPushed else { return try check(parametersIn: query) }
        let parameters = try parameters(in: query)
        guard let reference = parameters["request_uri"], !reference.isEmpty else {
            throw Self.fault("pushed its request, and built a redirect without its request_uri")
        }
        // Everything else was pushed. A server that merges the two must not find another value here (RFC 9126 §4).
        let pushed: Set<String> = ["client_id", "request_uri", "state"]
        guard pushed.isSuperset(of: parameters.keys) else {
            throw Self.fault("pushed its request, and built a redirect with other parameters as well")
        }
        guard parameters["state"].map({ Secret($0) == flow.state }) ?? true else {
            throw Self.fault("built a redirect with another state than its flow's")
        }
    }

    /// Checks that the form-encoded parameters are those that the flow needs.
    func check(parametersIn text: Substring) throws(BrokerError) {
        let parameters = try parameters(in: text)
        // A request object would replace the parameters that are checked here (RFC 9101 §6.3).
        guard parameters["request"] == nil, parameters["request_uri"] == nil else {
            throw Self.fault("built a redirect with a request object, which cannot be checked")
        }
        guard parameters["response_type"] ?? "code" == "code" else {
            throw Self.fault("built a redirect for another response type than 'code'")
        }
        guard parameters["state"].map({ Secret($0) == flow.state }) == true else {
            throw Self.fault("built a redirect without the state of its flow")
        }
        guard parameters["redirect_uri"]?.isIdentical(to: flow.redirectURI) == true else {
            throw Self.fault("built a redirect that leads back to another address")
        }
        if form.usesPKCE {
            guard parameters["code_challenge"] == flow.codeChallenge,
                parameters["code_challenge_method"] == "S256"
            else {
                throw Self.fault("built a redirect without the code challenge of its flow")
            }
        }
        if sendsNonce {
            guard parameters["nonce"].map({ Secret($0) == flow.nonce }) == true else {
                throw Self.fault("built a redirect without the nonce of its flow")
            }
        }
        let mode = parameters["response_mode"]
        guard mode == form.responseMode.rawValue || mode == nil && form.responseMode == .query else {
            throw Self.fault("built a redirect whose answer would come back in another way than it says")
        }
    }

    /// The parameters by name, each once: of two, upstream and check could see different ones (RFC 6749 §3.1).
    private func parameters(in text: Substring) throws(BrokerError) -> [String: String] {
        guard let parameters = FormParameters(text) else {
            throw Self.fault("built a redirect that is not encoded as a query is")
        }
        do throws(FormParameters.Repeated) { return try parameters.byName() } catch {
            throw Self.fault("built a redirect with a parameter twice")
        }
    }
}
