package import Foundation

extension SandboxUpstream where State: VendorState {
    /// Starts the servers of a vendor's sandbox. The caller must call ``stop()``.
    ///
    /// - Parameter makeState: Makes the state for the addresses.
    /// - Throws: The system's error, such as for a port that is in use.
    package static func start(
        _ setup: SandboxSetup,
        makeState: (SandboxSite) throws -> State
    ) async throws -> SandboxUpstream {
        let now = setup.now
        return try await start(
            port: setup.port,
            answer: { state, request in try state.answer(request, at: now()) },
            answerBrowser: { state, request in state.answerBrowser(request, at: now()) },
            makeState: makeState)
    }

    /// By redirect: does what the person would do on the page that the URL is of.
    package func signIn(as person: Person, now: @escaping @Sendable () -> Date) throws -> SandboxSignIn {
        let pages = try withState { $0.pages }
        return .redirect { [self] url in
            for page in pages {
                let start = "\(site.pages)\(page.path)?"
                guard url.hasPrefix(start), url.hasSuffix(page.fragment) else { continue }
                let query = String(url.dropFirst(start.count).dropLast(page.fragment.count))
                return try withState { page.authorize(&$0, query, .agree(person), now()) }.broughtBack()
            }
            throw SandboxFault.otherPage
        }
    }
}
