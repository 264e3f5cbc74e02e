package import Foundation
package import LoopbackServer

/// The state and the decisions of a vendor's sandbox: a value without I/O, which is given the time.
package protocol VendorState: Sendable {
    /// The vendor's name for people.
    var displayName: String { get }
    /// Who can sign in; by default everybody.
    var people: [Person] { get }
    /// The pages on which people sign in.
    var pages: [SignInPage<Self>] { get }

    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript
}

/// A page of a vendor on which people sign in.
package struct SignInPage<State: Sendable>: Sendable {
    /// Its path.
    package let path: String
    /// What its URL ends with. No server sees it.
    package let fragment: String
    /// Judges the query of an authorization request; the person has not chosen yet if there is no decision.
    package let authorize: @Sendable (inout State, _ query: String, Decision?, _ now: Date) -> AuthorizationOutcome

    /// Describes a page.
    package init(
        _ path: String,
        fragment: String = "",
        authorize: @escaping @Sendable (inout State, _ query: String, Decision?, _ now: Date) -> AuthorizationOutcome
    ) {
        self.path = path
        self.fragment = fragment
        self.authorize = authorize
    }
}

extension VendorState {
    package var people: [Person] { Person.all }

    /// Answers what a person's browser opens.
    package mutating func answerBrowser(_ request: ReceivedRequest, at now: Date) -> ServerScript {
        guard request.method == "GET" else {
            return Page(heading: "Not possible", text: "Open this page with GET.").script(status: 405)
        }
        guard let page = pages.first(where: { $0.path == request.path }) else {
            return Page(heading: "Not found", text: "There is no page here.").script(status: 404)
        }
        let (query, decision) = Page.choice(in: request.query, among: people)
        let outcome = page.authorize(&self, query, decision, now)
        return Page.script(of: outcome, at: displayName, among: people, query: query)
    }

    /// What a developer gets who asks for the code of an app's user: `GET /sandbox/login?person=…`, where the first person
    /// is the default.
    ///
    /// - Parameter logIn: What the app gets for a login of the person.
    package mutating func answerLogin(
        _ request: ReceivedRequest,
        _ logIn: (inout Self, Person) throws -> Members
    ) throws -> ServerScript {
        let name = (FormText.parameters(in: request.query) ?? [:])["person"]
        guard let person = people.first(where: { name == nil || $0.name == name }) else {
            return .respond(status: 404)
        }
        return .json(
            try JSON.object(try logIn(&self, person)).encoded(), headers: [HeaderField("Cache-Control", "no-store")])
    }
}
