import Foundation
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A page of the broker's own")
struct OwnPageTests {
    @Test("has a person sign in first, gets its query, and is no client", arguments: OwnPage.allCases)
    func signIn(page: OwnPage) async throws {
        let bench = try await LoginBench()
        let browser = BrowserDouble(bench)
        func open() async throws -> BrowserDouble.Sight {
            try await browser.see { try await bench.service.authorize(for: page, with: "a=b", in: browser.cookies) }
        }
        guard case .page = try await open() else {
            Issue.record("Someone who is not signed in has to sign in.")
            return
        }
        #expect(try await browser.signIn() == .ownPage(page))
        #expect(try await open() == .ownPage(page), "without another login")
        guard
            case .ownPage(_, let query) = try await bench.service.authorize(for: page, with: "a=b", in: browser.cookies)
        else { return }
        #expect(query == "a=b")
        // What is not configured as a client can bring no request.
        #expect(try await browser.open("page:\(page.rawValue)") == .dead(.invalidRequest))
    }
}
