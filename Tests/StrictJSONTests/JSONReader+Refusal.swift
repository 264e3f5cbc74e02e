import StrictJSON

extension JSONReader {
    /// Why this reader refuses a document, or `nil` if it reads it.
    func refusal(of document: some Collection<UInt8>) -> JSONError? {
        do throws(JSONError) {
            _ = try read(document)
            return nil
        } catch {
            return error
        }
    }

    /// Why this reader refuses a text, or `nil` if it reads it.
    func refusal(of text: String) -> JSONError? {
        refusal(of: text.utf8)
    }
}
