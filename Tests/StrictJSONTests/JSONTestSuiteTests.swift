import StrictJSON
import Testing

@Suite("The JSON test suite")
struct JSONTestSuiteTests {
    private static let withDuplicateNames: Set = [
        "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
    ]
    private static let withRawControlCharacterOnly: Set = [
        "n_string_unescaped_ctrl_char.json", "n_string_unescaped_newline.json", "n_string_unescaped_tab.json",
    ]

    private let tolerant = JSONReader(allowsRawControlCharactersInStrings: true)

    @Test("is complete")
    func isComplete() {
        #expect(Fixtures.suiteFiles("y_").count == 95)
        #expect(Fixtures.suiteFiles("n_").count == 188)
        #expect(Fixtures.suiteFiles("i_").count == JSONTestSuiteChoice.all.count)
    }

    @Test("has its valid documents accepted, except for duplicate names", arguments: Fixtures.suiteFiles("y_"))
    func validDocument(_ name: String) throws {
        let expected: JSONError.Code? = Self.withDuplicateNames.contains(name) ? .duplicateName : nil
        let document = try Fixtures.suiteFile(name)
        #expect(JSONReader().refusal(of: document)?.code == expected)
        #expect(tolerant.refusal(of: document)?.code == expected)
    }

    @Test("has its invalid documents refused", arguments: Fixtures.suiteFiles("n_"))
    func invalidDocument(_ name: String) throws {
        #expect(JSONReader().refusal(of: try Fixtures.suiteFile(name)) != nil)
    }

    @Test(
        "has its invalid documents refused by a tolerant reader, except for raw control characters",
        arguments: Fixtures.suiteFiles("n_"))
    func invalidDocumentForTolerantReader(_ name: String) throws {
        let isRead = tolerant.refusal(of: try Fixtures.suiteFile(name)) == nil
        #expect(isRead == Self.withRawControlCharacterOnly.contains(name))
    }

    @Test("leaves some documents to the reader's choice", arguments: JSONTestSuiteChoice.all)
    func choice(_ choice: JSONTestSuiteChoice) throws {
        let document = try Fixtures.suiteFile(choice.file)
        #expect(JSONReader().refusal(of: document)?.code == choice.refusal)
        #expect(tolerant.refusal(of: document)?.code == choice.refusal)
    }
}
