import CLibcurl
import Testing

@testable import CurlTransport

@Suite("The libcurl of this process")
struct CurlLibraryTests {
    private static let everything = CURL_VERSION_SSL | CURL_VERSION_ASYNCHDNS

    @Test("is suitable, or the transport would not start")
    func present() throws {
        try CurlLibrary.initialize()
    }

    @Test(
        "is refused when it is too old or lacks something",
        arguments: [
            (0x075500, everything, "7.87.0"), (0x080000, CURL_VERSION_ASYNCHDNS, "TLS"),
            (0x080000, CURL_VERSION_SSL, "resolver"),
        ] as [(UInt32, CInt, String)])
    func unsuitable(version: UInt32, features: CInt, word: String) throws {
        let problem = try #require(CurlLibrary.problem(version: version, features: features))
        #expect(problem.contains(word))
    }

    @Test("is accepted from the first version that has everything")
    func suitable() {
        #expect(CurlLibrary.problem(version: 0x075700, features: Self.everything) == nil)
    }
}
