import Testing

@testable import WXAppSandbox

@Suite("An envelope")
struct EnvelopeTests {
    @Test(
        "wraps a record in its shape",
        arguments: [
            (EnvelopeShape.bare, #"["record"]"#),
            (.object, #"{"code":200,"data":["record"],"message":"获取用户信息成功"}"#),
            (.jsonText, #"{"code":200,"data":"[\"record\"]","message":"获取用户信息成功"}"#),
            (
                .nested,
                #"{"code":200,"data":{"code":200,"data":["record"],"message":"获取用户信息成功"},"message":"获取用户信息成功"}"#
            ),
            (.statusCode, #"{"data":["record"],"message":"获取用户信息成功","statusCode":200}"#),
        ]
    )
    func record(_ shape: EnvelopeShape, _ text: String) throws {
        #expect(try shape.text(["record"]) == text)
    }

    @Test("wraps a refusal in its shape", arguments: EnvelopeShape.allCases)
    func refusal(_ shape: EnvelopeShape) throws {
        let expected =
            shape == .statusCode
            ? #"{"apiCode":2010,"data":null,"message":"用户池不存在","statusCode":499}"#
            : #"{"code":2010,"data":null,"message":"用户池不存在"}"#
        #expect(try shape.text(.noSuchUserPool) == expected)
    }
}
