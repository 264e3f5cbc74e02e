extension TokenClient {
    /// The site of the app, as far as its registered addresses tell: where a person who cannot go on begins again. Nil for an
    /// app without a site.
    package var homePage: String? {
        if let page = postLogoutRedirectURIs.first(where: \.provesClient) { return page.text }
        guard let uri = redirectURIs.first(where: \.provesClient)?.text else { return nil }
        let end = uri.dropFirst("https://".count).firstIndex { "/?".contains($0) } ?? uri.endIndex
        return uri[..<end] + "/"
    }
}
