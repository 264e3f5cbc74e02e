import Testing

@testable import BrokerConfiguration

@Suite("The name that was meant")
struct NearestNameTests {
    @Test(
        "Insertions, deletions, substitutions and swaps of neighbours count one each",
        arguments: [
            ("", "", 0), ("abc", "abc", 0), ("abc", "ab", 1), ("ab", "abc", 1), ("abc", "abd", 1), ("abc", "acb", 1),
            ("", "abc", 3), ("kitten", "sitting", 3), ("timeuot", "timeout", 1), ("abcd", "badc", 2),
        ]
    )
    func distance(left: String, right: String, expected: Int) {
        #expect(NearestName.distance(left, right) == expected)
        #expect(NearestName.distance(right, left) == expected)
    }

    @Test(
        "A slip is recognised",
        arguments: [
            ("userPoolID", "userPoolId"), ("user_pool_id", "userPoolId"), ("userpoolid", "userPoolId"),
            ("baseUrl", "baseURL"), ("secrt", "secret"), ("scret", "secret"), ("paht", "path"),
        ]
    )
    func recognises(slip: String, meant: String) {
        #expect(NearestName.of(slip, among: ["userPoolId", "secret", "baseURL", "path"]) == meant)
    }

    @Test("What is close to nothing is left alone", arguments: ["x", "password", "", "timeout", "<<"])
    func leavesAlone(text: String) {
        #expect(NearestName.of(text, among: ["userPoolId", "secret", "baseURL", "path"]) == nil)
    }

    @Test("Of names equally close the first wins, and no names have no nearest")
    func ties() {
        #expect(NearestName.of("mode", among: ["node", "code"]) == "node")
        #expect(NearestName.of("mode", among: []) == nil)
    }

    @Test("A text that nobody mistypes is not compared")
    func longText() {
        let name = String(repeating: "a", count: 65)
        #expect(NearestName.of(name, among: [name]) == nil)
    }
}
