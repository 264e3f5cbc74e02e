extension SandboxUpstream {
    /// By redirect: does what the person would do on the sandbox's page.
    ///
    /// - Parameters:
    ///   - path: The path of its authorization endpoint.
    ///   - authorize: Answers the query of an authorization request for the person.
    package func signIn(
        at path: String,
        _ authorize: @escaping @Sendable (inout State, String) -> AuthorizationOutcome
    ) -> SandboxSignIn {
        let start = "\(site.pages)\(path)?"
        return .redirect { [self] url in
            guard url.hasPrefix(start) else { throw SandboxFault.otherPage }
            let query = String(url.dropFirst(start.count))
            return try withState { authorize(&$0, query) }.broughtBack()
        }
    }
}

extension AuthorizationOutcome {
    /// What the browser brings back to the client, as a query or a form.
    func broughtBack() throws(SandboxFault) -> String {
        switch self {
        case .answer(let answer): return FormText.encode(answer.parameters)
        case .error(let text): throw .page(text)
        case .choice: throw .undecided
        }
    }
}

/// Why no one can sign in at a sandbox.
package enum SandboxFault: Error, Sendable, Hashable {
    /// It knows no such person.
    case unknownPerson
    /// The address is not its authorization endpoint.
    case otherPage
    /// Its page shows this error.
    case page(String)
    /// Its page still asks who signs in.
    case undecided
}

extension Person {
    /// The person of this name.
    ///
    /// - Throws: ``SandboxFault/unknownPerson``.
    package static func named(_ name: String) throws(SandboxFault) -> Person {
        guard let person = all.first(where: { $0.name == name }) else { throw .unknownPerson }
        return person
    }
}
