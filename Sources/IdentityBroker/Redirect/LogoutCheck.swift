/// Checks the URL that a provider built for a logout, before a browser sees it.
struct LogoutCheck: Sendable {
    let request: LogoutRequest
    let allowsInsecureHTTP: Bool
    /// Finds the instance's secrets.
    let redactor: Redactor

    func check(url: String) throws(BrokerError) {
        try BrowserAddress.check(url, allowsInsecureHTTP: allowsInsecureHTTP)
        guard !redactor.finds(in: url) else {
            throw RedirectCheck.fault("built a URL that shows a secret to the browser")
        }
        let query = url.prefix { $0 != "#" }.drop { $0 != "?" }.dropFirst()
        guard let parameters = try? FormParameters(query)?.byName() else {
            throw RedirectCheck.fault("built a URL that has a parameter twice, or is not encoded as a query is")
        }
        // Another address would receive the browser, and another state would be taken for an attack.
        guard parameters["post_logout_redirect_uri"] == request.returnURI, parameters["state"] == request.state else {
            throw RedirectCheck.fault("built a URL that leads back to another address, or with another state")
        }
    }
}
