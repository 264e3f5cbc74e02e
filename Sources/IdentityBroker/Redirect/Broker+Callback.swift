extension Broker {
    /// How a redirect of this instance comes back; nil if it begins no redirects, or does not exist or serve.
    package func redirectForm(of id: ProviderID) -> RedirectForm? {
        (entry(for: id)?.instance.provider as? any RedirectRequesting)?.redirectForm
    }

    /// Whether a text that somebody brought to the redirect URI answers this flow: it is well-formed and has the flow's
    /// state, whatever else it says. A page that waits for the answer ignores everything else.
    package func isAnswer(_ text: String, to flow: RedirectFlow) -> Bool {
        guard let form = redirectForm(of: flow.provider), let callback = try? RedirectCallback(text, as: form),
            let state = callback.state
        else { return false }
        return Secret(state) == flow.state
    }
}
