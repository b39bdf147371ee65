import ReactMarkdown from 'react-markdown';

const COMPONENTS = {
  a: ({ href, children }: { href?: string; children?: React.ReactNode }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ alt }: { alt?: string }) => <em>{alt}</em>,
};

export function Rendered({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown skipHtml components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  );
}
